import { type Base } from '../base/base.js';
import { Refusal } from '../refusal.js';
import { type Field, type Fields } from './field.js';
import { goodsRegister, saleIncomesRegister, saleOrderControlRegister } from './register-types.js';
import { type Texts } from './stored-value.js';

interface Described {
  readonly name: string;
  readonly prefix: string;
  readonly presentation: Texts;
}

const registers = [goodsRegister, saleOrderControlRegister, saleIncomesRegister];

/** Every object type of a base: name → id, id prefix, presentation. */
export function listMetadata(base: Base, params: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const described: readonly Described[] = [...base.schema.all(), ...registers];
  return Object.fromEntries(described.map((type) => [type.name, { id: idOf(type), idPrefix: type.prefix, presentation: inAskedLanguage(type, params) }]));
}

/** The attributes of one type, named by `objectName` or `objectId`; registers tell dimensions and resources too. */
export function getMetadata(base: Base, params: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { objectName, objectId } = params;
  const isAsked = (type: Described) => (objectName === undefined ? idOf(type) === String(objectId) : type.name === objectName);
  const type = base.schema.all().find(isAsked);
  if (type) {
    const parts = Object.entries(type.parts).map(([name, fields]) => [name, { reqs: describe(fields) }]);
    const hierarchyType = type.header['isGroup'] ? 'groupsAndItems' : 'none';
    const described = { ...describeType(type, params), hierarchyType, reqs: describe(type.header) };
    if (base.switches.metadataTableParts === 'absent') return described;
    return { ...described, tableParts: Object.fromEntries(parts) };
  }
  const register = registers.find(isAsked);
  if (!register) throw new Refusal(`unknown object type ${String(objectName ?? objectId ?? '')}`);
  const told = Object.entries(register.dimensions).filter(([name]) => !register.untold?.includes(name));
  const [dimensions, resources] = [describe(Object.fromEntries(told)), describe(register.resources)];
  return { ...describeType(register, params), hierarchyType: 'none', reqs: { ...dimensions, ...resources }, dimensions, resources };
}

function describeType(type: Described, params: Readonly<Record<string, unknown>>) {
  const presentation = inAskedLanguage(type, params);
  return { name: type.name, presentation, listPresentation: presentation, idPrefix: type.prefix };
}

function inAskedLanguage({ presentation }: Described, params: Readonly<Record<string, unknown>>): string {
  return params['lang'] === 'ru' ? presentation.ru : presentation.uk;
}

function idOf({ prefix }: Described): string {
  return `10001${prefix.padStart(11, '0')}`;
}

function describe(fields: Fields): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, { name, presentation: name, ...valueTypeOf(field) }]));
}

function valueTypeOf(field: Field): { readonly valueType: string; readonly scale?: number } {
  switch (field.kind) {
    case 'ref':
      return { valueType: field.to.join(',') };
    case 'decimal':
      return { valueType: 'numeric', scale: field.scale };
    case 'texts':
      return { valueType: 'multilangString' };
    case 'flag':
      return { valueType: 'boolean' };
    case 'date':
      return { valueType: 'datetime' };
    case 'text':
      return { valueType: 'string' };
  }
}
