import { BaseClock, type DilovodClient } from '@kds/dilovod-client';
import type { CommandRun } from '@kds/gateway';
import type { Tenant } from '@kds/tenancy';
import { openDilovodDesk } from './dilovod-desk.js';

/** What is taken for the present at that moment in Kyiv, with a base whose answer was dated so. */
function presentAt(now: string, date?: string): readonly string[] {
  const baseClock = new BaseClock(() => Date.parse(now));
  baseClock.heard(date);
  const tenant = { spec: { timeZone: 'Europe/Kyiv' } } as Tenant;
  return openDilovodDesk({ baseClock } as DilovodClient, { tenant, run: {} as CommandRun, log: { warn: () => undefined } }).present();
}

test('B11: the present is a little ahead, so that everything posted until now is inside', () => {
  expect(presentAt('2026-11-05T10:00:00Z')).toEqual(['2026-11-05 12:00:05']);
});

test('B11: in the hour that is shown twice everything dated in its first half is inside', () => {
  expect(presentAt('2026-10-25T01:10:00Z')).toEqual(['2026-10-25 03:59:59']);
});

test('B11: where the base tells another time both are the present', () => {
  expect(presentAt('2026-11-05T10:00:00Z', 'Thu, 05 Nov 2026 11:00:00 GMT')).toEqual([
    '2026-11-05 12:00:05',
    '2026-11-05 13:00:05',
  ]);
});
