import { contacts, date, decimal, type Fields, flag, quantity, ref, text, texts } from './field.js';
import { type TypeDefinition } from './type-definition.js';

const persons: Fields = {
  ...text('phone email address taxCode state'),
  ...contacts('details'),
  ...ref('enumerates.values', 'personType'),
  ...ref('catalogs.priceTypes', 'priceType'),
  ...ref('catalogs.jurisdictions', 'jurisdiction'),
};

const goods: Fields = {
  ...text('productNum stateForOrder image HSCode sysName'),
  ...texts('printName description shortDescription'),
  ...flag('specQty excludeFromPriceList'),
  ...ref('catalogs.units', 'mainUnit mainPackageUnit'),
  ...decimal(4, 'packageRatio'),
  ...quantity('packageWeight weight warranty'),
  ...ref('catalogs.goodsAccPolicies', 'accPolicy'),
  ...ref('catalogs.firms', 'owner'),
  ...ref('', 'tradeMark manufacturer category prodItemKind'),
};

const kitRows: Fields = { ...ref('catalogs.goods', 'good'), ...quantity('qty'), ...ref('catalogs.units', 'unit'), ...text('remark') };

/** The catalogs of every base. `orderStatesType` is what this base calls the type of order states. */
export function catalogTypes(orderStatesType: string): readonly TypeDefinition[] {
  return [
    catalog('users', '10002', 'Користувачі', { ...flag('disabled'), ...ref('catalogs.persons', 'person'), ...text('role') }),
    catalog('persons', '11001', 'Контрагенти', persons),
    { ...catalog('goods', '11003', 'Товари', goods), parts: { tpGoods: kitRows } },
    catalog('firms', '11004', 'Фірми'),
    catalog('storages', '11007', 'Місця зберігання', ref('enumerates.values', 'storageType')),
    catalog('cashAccounts', '11011', 'Рахунки та каси', { ...ref('catalogs.firms', 'owner'), ...ref('catalogs.currency', 'currency'), ...text('accountNumber') }),
    catalog('currency', '11012', 'Валюти'),
    catalog('priceTypes', '11013', 'Типи цін', ref('catalogs.currency', 'currency')),
    catalog('employees', '11017', 'Співробітники', ref('catalogs.persons', 'person')),
    catalog('departments', '11019', 'Підрозділи'),
    catalog('contracts', '11030', 'Договори', ref('catalogs.persons', 'owner')),
    catalog('tradeChanels', '11032', 'Канали продажу'),
    catalog('settlementsKinds', '11033', 'Види розрахунків'),
    catalog('units', '11036', 'Одиниці виміру', text('shortName')),
    catalog('cashItems', '11043', 'Статті руху коштів'),
    catalog('taxes', '11058', 'Податки'),
    catalog('costItems', '11061', 'Статті витрат'),
    catalog('incomeItems', '11065', 'Статті доходів'),
    catalog('paymentForms', '11103', 'Форми оплати'),
    catalog('deliveryMethods', '11104', 'Способи доставки'),
    catalog('goodParts', '11122', 'Партії товарів', { ...ref('catalogs.goods', 'owner'), ...date('date expiration') }),
    catalog('propKinds', '11146', 'Види властивостей'),
    catalog('business', '11150', 'Бізнеси'),
    catalog('jurisdictions', '11180', 'Юрисдикції'),
    catalog('accounts', '11190', 'Рахунки обліку'),
    catalog('goodsAccPolicies', '12012', 'Облікові політики товарів'),
    { ...catalog('', '11115', 'Стани замовлень'), name: orderStatesType },
    { ...catalog('', '10040', 'Перелічення'), name: 'enumerates.values', kind: 'enumerates' },
  ];
}

function catalog(shortName: string, prefix: string, presentation: string, own: Fields = {}): TypeDefinition {
  const name = `catalogs.${shortName}`;
  const header = { ...text('code'), ...texts('name'), ...flag('delMark isGroup'), ...text('version'), ...ref(name, 'parent'), ...own };
  return { name, prefix, kind: 'catalogs', presentation: { uk: presentation, ru: presentation }, header, parts: {} };
}
