import { type Fields } from './field.js';
import { type Texts } from './stored-value.js';

export type TypeKind = 'catalogs' | 'documents' | 'informationRegisters' | 'enumerates';

/** A kind of object: what it is called, what its ids begin with, what it holds. */
export interface TypeDefinition {
  readonly name: string;
  readonly prefix: string;
  readonly kind: TypeKind;
  readonly presentation: Texts;
  readonly header: Fields;
  readonly parts: Readonly<Record<string, Fields>>;
}

/** Movements of a register, by dimension. */
export interface RegisterDefinition {
  readonly name: string;
  readonly prefix: string;
  readonly presentation: Texts;
  readonly dimensions: Fields;
  readonly resources: Fields;
  /** Dimensions by which it can be grouped although getMetadata does not tell them. */
  readonly untold?: readonly string[];
}
