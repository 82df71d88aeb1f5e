import { execute, row } from '@kds/persistence';
import { noteReading } from '../settle-command/note-reading.js';
import type { EffectsOf } from '../settle-command/settled-command.js';
import { planStock } from './plan-stock.js';

const leftAlone =
  'goods that were sold out before we first looked cannot be told from services, and their stock is left alone';
const empty = {
  code: 'history-not-shown',
  message: `Dilovod shows balances and no history of its stock register: ${leftAlone}`,
};

/**
 * What the stock register ever moved, so that what was sold out before we first looked is told from what is not kept in
 * stock. Until it was read, and where it cannot be, only goods are written that some snapshot showed: a number too many
 * can be corrected, one that was wiped out cannot be had again.
 */
export const readStockHistoryEffects: EffectsOf<'read-stock-history'> = {
  async onDone({ db, spec }, settled, { goods }) {
    const { tenant } = settled;
    const shown = await row(db, `select 1 from balances where tenant = $1 and qty <> 0 limit 1`, [tenant]);
    if (goods.length === 0 && shown !== undefined) return noteReading(db, settled, empty);
    await execute(
      db,
      `insert into goods_stocked (tenant, good) select $1, good from unnest($2::text[]) as good on conflict do nothing`,
      [tenant, goods],
    );
    await execute(db, `update schedules set proved_at = now() where tenant = $1 and flow = 'stock-history'`, [tenant]);
    if (spec !== undefined) await planStock(db, { tenant, spec, fresh: false });
  },

  async onRejected({ db }, settled, { code, message }) {
    await noteReading(db, settled, { code, message: `${message} (the history of the stock register: ${leftAlone})` });
  },
};
