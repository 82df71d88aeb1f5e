import { decimal } from '@kds/kernel';
import { showMoney } from './money.js';

test.each([['1780', '1 780.00'], ['0.5', '0.50'], ['-1234567.89', '-1 234 567.89'], ['999.999', '999.999']])('%s is shown as %s', (given, shown) => {
  expect(showMoney(decimal(given))).toBe(shown);
});
