import { type StoredRecord, type Texts } from '../metadata/stored-value.js';
import { type Base } from './base.js';
import { byHand } from './session.js';

/** Ids of what every new base holds. */
export const predefined = {
  hryvnia: '1101200000001001',
  piece: '1103600000000001',
  mainStorage: '1100700000000001',
  endConsumer: '1100100000000001',
  mainBusiness: '1115000000000001',
  mainDepartment: '1101900000000001',
  firm: '1100400000001001',
  priceType: '1101300000001001',
  stateNew: '1111500000000005',
  stateDone: '1111500000000006',
  stateCancelled: '1111500000000007',
  stateSent: '1111500000000008',
  shipmentToBuyer: '1004000000000350',
  returnFromBuyer: '1004000000000354',
  individual: '1004000000000035',
  settlementsWithBuyers: '1103300000000001',
  accountOfGoods: '1119000000000281',
  policyOfGoods: '1201200000000001',
  policyOfServices: '1201200000000002',
  mainIncomeItem: '1106500000000001',
  accountOfIncomes: '1119000000000702',
} as const;

const objects: readonly (readonly [id: string, uk: string, ru: string, code?: string])[] = [
  [predefined.hryvnia, 'Гривня', 'Гривна', 'UAH'],
  ['1101200000001002', 'Долар США', 'Доллар США', 'USD'],
  ['1101200000001003', 'Євро', 'Евро', 'EUR'],
  [predefined.piece, 'шт', 'шт'],
  [predefined.mainStorage, 'Основний склад', 'Основной склад'],
  [predefined.endConsumer, 'Кінцевий споживач', 'Конечный потребитель'],
  [predefined.mainBusiness, 'Основний бізнес', 'Основной бизнес'],
  [predefined.mainDepartment, 'Основний підрозділ', 'Основное подразделение'],
  [predefined.firm, 'Фірма', 'Фирма'],
  [predefined.priceType, 'Роздрібна', 'Розничная'],
  [predefined.settlementsWithBuyers, 'Розрахунки з покупцями', 'Расчеты с покупателями'],
  [predefined.policyOfGoods, 'Товари', 'Товары'],
  [predefined.policyOfServices, 'Послуги', 'Услуги'],
  [predefined.accountOfGoods, '281 Товари на складі', '281 Товары на складе'],
  [predefined.mainIncomeItem, 'Дохід від реалізації', 'Доход от реализации'],
  [predefined.accountOfIncomes, '702 Дохід від реалізації товарів', '702 Доход от реализации товаров'],
  [predefined.stateNew, 'Новий', 'Новый'],
  [predefined.stateDone, 'Виконано', 'Выполнен'],
  [predefined.stateCancelled, 'Скасовано', 'Отменен'],
  [predefined.stateSent, 'Відправлено', 'Отправлен'],
  [predefined.individual, 'Фізична особа', 'Физическое лицо'],
  ['1004000000000304', 'Списання', 'Списание'],
  ['1004000000000343', 'Надходження', 'Поступление'],
  [predefined.shipmentToBuyer, 'Відвантаження покупцю', 'Отгрузка покупателю'],
  ['1004000000000351', 'Надання послуг', 'Оказание услуг'],
  ['1004000000000352', 'Відвантаження на комісію', 'Отгрузка на комиссию'],
  ['1004000000000353', 'Звіт комісіонера', 'Отчет комиссионера'],
  [predefined.returnFromBuyer, 'Повернення товарів і послуг', 'Возврат товаров и услуг'],
  ['1004000000000409', 'Переміщення', 'Перемещение'],
];

/** Puts into a new base what every base holds from its first day. */
export function fillPredefined(base: Base): void {
  for (const [id, uk, ru, code] of objects) {
    const type = base.schema.typeOfId(id);
    if (!type) throw new Error(`No type for the predefined id ${id}`);
    const name: Texts = { uk, ru };
    const shortName: StoredRecord = type.header['shortName'] ? { shortName: uk } : {};
    base.store({ id, type: type.name, header: { id, name, code: code ?? base.objects.takeNumber(type.name), ...shortName }, parts: {} }, byHand);
  }
}
