export { columnsSql, type Db, execute, openDatabase, row, rows, rowsSetWise } from './data-source.js';
