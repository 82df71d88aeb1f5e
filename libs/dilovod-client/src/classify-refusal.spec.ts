import { cleanTexts } from '@kds/kernel';
import fc from 'fast-check';
import { classifyRefusal, refusalTextIn } from './classify-refusal.js';

const span = (id: string, name: string): string => `<span style='color:#00f' onclick='openForm({object : makeLink(${id}), target: "mini"})'>${name}</span>`;
const shortageText =
  'applicationLayerError Документ не збережено. Недостатня кількість. ' +
  `${span('1100300000001111', 'Килимок &quot;Йога&quot;')}\n | Код: 0000000111 | Артикул: AB-1 | Партія: 7 | Рахунок ${span('1119000000000281', '281')}. Потрібно: 2 шт | Вільний залишок: 0 шт | Недостатньо: 2 шт. ` +
  `${span('1100300000001112', 'Пояс | довгий')} | Код: 0000000112 | Артикул: BRYBPB | Рахунок <281>. Потрібно: 2.500 уп. | Вільний залишок: 1.000 уп. | Недостатньо: 1.500 уп.`;

test.each([
  ['bad key', 'rejected', 'bad-key', undefined],
  ['Access to catalogs.goods denied, check role settings', 'rejected', 'access-denied', { type: 'catalogs.goods' }],
  ['multithreadApiSession multithread api request blocked', 'failed', 'concurrent', undefined],
  ['object with id 1109100000009999 not found', 'rejected', 'not-found', { id: '1109100000009999' }],
  ['cant set value of header.deliveryMethod_forDel: bad value, or field doesnt exist', 'rejected', 'bad-field', { field: 'deliveryMethod_forDel' }],
  ['cant set value of tableParts.tpGoods.weird: bad value, or field doesnt exist', 'rejected', 'bad-field', { field: 'tpGoods.weird' }],
  ['object locked', 'failed', 'locked', undefined],
  ['applicationLayerError На цю дату ціна вже встановлена', 'rejected', 'price-exists', undefined],
  ['method fooBar is not allowed', 'rejected', 'method-not-allowed', undefined],
  ['applicationLayerError Період закрито для змін', 'rejected', 'closed-period', undefined],
  ['applicationLayerError Заборонено змінювати документи в цьому періоді', 'rejected', 'closed-period', undefined],
  ['applicationLayerError Закритий купальник. За період немає даних', 'rejected', 'refused', undefined],
  ['Bad value type for column person', 'rejected', 'refused', undefined],
])('%s', (text, kind, code, detail) => {
  const answer = classifyRefusal(text);
  expect(answer.kind === 'done' ? undefined : [answer.kind, answer.failure.code, answer.failure.detail]).toEqual([kind, code, detail]);
});

test('says when a blocked or locked base may be asked again', () => {
  expect(classifyRefusal('multithreadApiSession multithread api request blocked')).toMatchObject({ retryAfterMs: 1_000 });
  expect(classifyRefusal('object locked')).toMatchObject({ retryAfterMs: 30_000 });
});

test('names what a write lacked', () => {
  expect(classifyRefusal('emptyRequiredReq balanceRegisters.goods (Складські запаси)|business (Бізнес)|docMode')).toEqual({
    kind: 'rejected',
    failure: {
      code: 'missing-required',
      message: expect.stringMatching(/^Dilovod needs a value for Складські запаси, Бізнес, docMode: the client's accountant/),
      detail: { fields: [{ name: 'balanceRegisters.goods', label: 'Складські запаси' }, { name: 'business', label: 'Бізнес' }, { name: 'docMode', label: '' }] },
    },
  });
});

test('reads every good of a shortage', () => {
  expect(classifyRefusal(shortageText)).toEqual({
    kind: 'rejected',
    failure: {
      code: 'shortage',
      message: 'not enough free stock: Килимок "Йога" (AB-1) needs 2 шт, free 0, missing 2; Пояс | довгий (BRYBPB) needs 2.5 уп., free 1, missing 1.5',
      detail: {
        goods: [
          { goodId: '1100300000001111', name: 'Килимок "Йога"', code: '0000000111', productNum: 'AB-1', needed: '2', free: '0', missing: '2', unit: 'шт' },
          { goodId: '1100300000001112', name: 'Пояс | довгий', code: '0000000112', productNum: 'BRYBPB', needed: '2.5', free: '1', missing: '1.5', unit: 'уп.' },
        ],
      },
    },
  });
});

test('a shortage that names no goods is still a shortage', () => {
  expect(classifyRefusal('applicationLayerError Недостатня кількість. Потрібно: багато')).toMatchObject({ failure: { code: 'shortage', message: 'not enough free stock', detail: { goods: [] } } });
});

test('keeps an unknown text short, plain and without personal details', () => {
  const text = `applicationLayerError <script>alert(1)</script><b onclick="a('>')">Не&nbsp;можна</b> a@b.ua +380501112233 0000000111 ${'ї'.repeat(400)}`;
  const answer = classifyRefusal(text);
  const message = answer.kind === 'done' ? '' : answer.failure.message;
  expect(message).toMatch(/^Не можна …@… \+380… 0000000111 ї+…$/);
  expect(message).toHaveLength(300);
  expect(classifyRefusal('')).toMatchObject({ failure: { code: 'refused', message: 'Dilovod refused without saying why' } });
});

test('finds the refusal in every shape of an answer', () => {
  expect(refusalTextIn({ error: 'bad key', id: '1109100000001001' })).toBe('bad key');
  expect(refusalTextIn({ error: { code: 5 } })).toMatch(/does not document/);
  expect(refusalTextIn({ status: 'error', data: [], errorMessage: 'Bad value type for column person' })).toBe('Bad value type for column person');
  expect(refusalTextIn({ clientMessages: [{ type: 'warn', data: 'A' }, { type: 'error', data: 'B' }, { type: 'note', data: 'C' }, null] })).toBe('A B');
  for (const fine of ['ok', 5, null, [], { id: '1', clientMessages: [{ type: 'warn', data: 'A' }] }, { clientMessages: [] }, { error: null }, { status: 'success', data: {} }]) {
    expect(refusalTextIn(fine)).toBeUndefined();
  }
});

test('long hostile texts are read quickly', () => {
  const started = performance.now();
  for (const piece of ['<script>', 'Потрібно: ', '<a "', '1 1 1 1 ', 'період закри', '&amp;', 'a@', '|', 'a.a@a.']) classifyRefusal(`applicationLayerError Недостатня кількість ${piece.repeat(200_000)}`);
  expect(performance.now() - started).toBeLessThan(3_000);
});

const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.array(fc.constantFrom('\0', '\ud83d', '\u{1f9d8}', '&#0;', '&#55357;', '<b>', 'Недостатньо: ', 'Потрібно: 2 шт | ', 'emptyRequiredReq ', ' | ', 'storage (Склад)', ' '), { maxLength: 200 }).map((parts) => parts.join('')));

test('F7: whatever Dilovod says, the reason is whole, fits a screen and can be kept', () => {
  fc.assert(
    fc.property(fc.constantFrom('', 'emptyRequiredReq storage ', 'Період закрито ', 'object with id '), anyText, (begins, text) => {
      const answer = classifyRefusal(`${begins}${text}`);
      const failure = answer.kind === 'done' ? undefined : answer.failure;
      expect(cleanTexts(failure)).toBe(failure);
      expect(failure?.message.length).toBeLessThanOrEqual(400);
    }),
  );
});

test('F7: a reason is not cut through an emoji', () => {
  expect(classifyRefusal(`${'я'.repeat(298)}\u{1f9d8}${'я'.repeat(50)}`)).toMatchObject({ failure: { message: `${'я'.repeat(298)}…` } });
});
