import { type Fields } from '../metadata/field.js';
import { type StoredRecord } from '../metadata/stored-value.js';

/** What `from` names: records, and the attributes that paths may begin with. */
export interface Table {
  readonly fields: Fields;
  readonly records: readonly StoredRecord[];
}
