export { columnsSql, type Db, execute, type Ledger, ledgerOn, onQueryEnded, openDatabase, poolUse, type QueryListener, row, rows, rowsSetWise } from './data-source.js';
