import { type StoredRecord } from '../metadata/stored-value.js';
import { type TypeDefinition } from '../metadata/type-definition.js';

/** An object as a base keeps it. Attributes that were never set are absent; `header.id` is its id. */
export interface StoredObject {
  readonly id: string;
  readonly type: string;
  readonly header: StoredRecord;
  readonly parts: Readonly<Record<string, readonly StoredRecord[]>>;
}

/** The objects of a base, and the counters that name new ones. */
export class ObjectStore {
  private readonly byType = new Map<string, Map<string, StoredObject>>();
  private readonly byId = new Map<string, StoredObject>();
  private readonly serials = new Map<string, number>();
  private readonly numbers = new Map<string, number>();
  private rowSerial = 0;

  find(id: string): StoredObject | undefined {
    return this.byId.get(id);
  }

  /** All objects of a type, the one changed longest ago first. */
  ofType(type: string): readonly StoredObject[] {
    return [...(this.byType.get(type)?.values() ?? [])];
  }

  all(): readonly StoredObject[] {
    return [...this.byId.values()];
  }

  /** The id that the next object of a type gets when it is put. */
  nextId(type: TypeDefinition): string {
    return type.prefix + String(this.serials.get(type.name) ?? 1001).padStart(11, '0');
  }

  nextRowId(): string {
    this.rowSerial += 1;
    return String(this.rowSerial);
  }

  /** A number or code of ten digits. */
  takeNumber(type: string): string {
    const number = (this.numbers.get(type) ?? 0) + 1;
    this.numbers.set(type, number);
    return String(number).padStart(10, '0');
  }

  put(object: StoredObject): void {
    const objects = this.byType.get(object.type) ?? new Map<string, StoredObject>();
    objects.delete(object.id);
    objects.set(object.id, object);
    this.byType.set(object.type, objects);
    this.byId.set(object.id, object);
    const serial = Number(object.id.slice(5));
    if (serial >= (this.serials.get(object.type) ?? 1001)) this.serials.set(object.type, serial + 1);
  }

  remove(id: string): void {
    this.byType.get(this.byId.get(id)?.type ?? '')?.delete(id);
    this.byId.delete(id);
  }
}
