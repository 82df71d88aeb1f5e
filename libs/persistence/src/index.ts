export { type Db, execute, onQueryEnded, openDatabase, poolUse, type QueryListener, row, rows, rowsSetWise } from './data-source.js';
