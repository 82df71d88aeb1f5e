export { type Db, execute, openDatabase, row, rows } from './data-source.js';
