import type { TenantFacts } from './tenant-facts.js';

/** What a person should know of a tenant that is served all the same. */
export interface TenantWarning {
  /** One CamelCase word. */
  readonly reason: 'FirmShared' | 'LimitShared' | 'StockUnshown';
  /** The same as long as nothing changes. */
  readonly message: string;
}

/** What is unusual of a tenant, the most important first. */
export function warningsOf({
  name,
  state,
  spec,
  firmAlsoOf,
  requests,
  declaredPerMinute,
  stockUnshown,
}: TenantFacts): readonly TenantWarning[] {
  if (state === 'removed' || state === 'invalid') return [];
  const warnings: TenantWarning[] = [];
  if (firmAlsoOf.length > 0) {
    warnings.push({
      reason: 'FirmShared',
      message: firmShared(firmAlsoOf, { name, firm: spec?.dilovod?.firm }),
    });
  }
  if (declaredPerMinute !== null && requests !== null && requests.perMinute < declaredPerMinute)
    warnings.push({ reason: 'LimitShared', message: limitShared(declaredPerMinute) });
  if (stockUnshown) warnings.push({ reason: 'StockUnshown', message: noStockShown });
  return warnings;
}

function firmShared(others: readonly string[], { name, firm }: { readonly name: string; readonly firm?: string }): string {
  const notServed = `${others.join(', ')} ${others.length === 1 ? 'is' : 'are'} not served`;
  return `${notServed}, having the same firm ${firm} of the same Dilovod base; ${name} was there first and goes on`;
}

function limitShared(declared: number): string {
  return [
    `KeyCRM refuses requests before ${declared} a minute are used up (limit-shared): another program uses the key`,
    'or the address, or spec.keycrm.requestsPerMinute is too high. Less is used until that ends; live orders go first.',
    '`kds lanes` shows how much',
  ].join(' ');
}

const noStockShown =
  'KeyCRM shows no stock by warehouse (stock management is off there, or no offer has an SKU): ' +
  'no stock is written, orders and prices go on';
