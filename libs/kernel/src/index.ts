export { money } from './money.js';
