import type { Decimal } from '@kds/kernel';

/** At least two decimals, thousands set apart: `1 780.00`. */
export function showMoney(amount: Decimal): string {
  const [whole = '0', fraction = ''] = amount.split('.');
  return `${whole.replace(/(?<=\d)(?=(\d{3})+$)/g, ' ')}.${fraction.padEnd(2, '0')}`;
}
