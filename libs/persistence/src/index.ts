export { columnsSql, type Db, execute, type Ledger, ledgerOn, onQueryEnded, openDatabase, poolUse, type QueryListener, row, rows, rowsSetWise } from './data-source.js';
export { isPassingTrouble } from './is-passing-trouble.js';
export { toStorable } from './to-storable.js';
