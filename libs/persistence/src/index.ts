export { type Db, execute, type Ledger, ledgerOn, openDatabase, row, rows, rowsSetWise } from './data-source.js';
