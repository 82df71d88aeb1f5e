import { alsoListOfTexts, alsoNull, oneOfRequired, requiredByMistake } from './deviations.js';

/** A schema as OpenAPI 3.0 writes it; only what this description uses. */
export interface OpenapiSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, OpenapiSchema>>;
  readonly items?: OpenapiSchema;
  readonly required?: readonly string[];
  readonly allOf?: readonly OpenapiSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
}

export type JsonSchema = Readonly<Record<string, unknown>>;

interface Translation {
  /** Where the schema stands, in the words of the deviations. */
  readonly at: string;
  /** Refuse keys that are not described: for requests, where they would be ignored without a word. */
  readonly closed: boolean;
}

export const definitionsId = 'keycrm';

/** Translates an OpenAPI 3.0 schema to JSON Schema, with the known deviations of this description built in. */
export function toJsonSchema(schema: OpenapiSchema, where: Translation): JsonSchema {
  if (schema.$ref !== undefined) return { $ref: `${definitionsId}#/$defs/${schema.$ref.split('/').at(-1)}` };
  if (schema.allOf) return orNull({ allOf: schema.allOf.map((part) => toJsonSchema(part, where)) }, schema, where);
  if (schema.type === 'array') return orNull(listSchema(schema, where), schema, where);
  if (schema.type === 'object' || schema.properties) return orNull(objectSchema(schema, where), schema, where);
  return orNull(scalarSchema(schema), schema, where);
}

function objectSchema(schema: OpenapiSchema, where: Translation): JsonSchema {
  const { properties = {}, required = [] } = schema;
  const translated = Object.entries(properties).map(([key, inner]) => [key, toJsonSchema(inner, { ...where, at: `${where.at}.${key}` })]);
  const alternatives = oneOfRequired[where.at];
  return {
    type: 'object',
    properties: Object.fromEntries(translated),
    required: required.filter((key) => requiredByMistake[where.at] !== key),
    ...(where.closed && schema.properties ? { additionalProperties: false } : {}),
    ...(alternatives ? { anyOf: alternatives.map((key) => ({ required: [key] })) } : {}),
  };
}

/** The description gives the size of a list as `maximum`, which no validator applies to lists. */
function listSchema(schema: OpenapiSchema, where: Translation): JsonSchema {
  const items = schema.items ? { items: toJsonSchema(schema.items, { ...where, at: `${where.at}[]` }) } : {};
  return { type: 'array', ...items, ...(schema.maximum === undefined ? {} : { maxItems: schema.maximum }) };
}

function scalarSchema(schema: OpenapiSchema): JsonSchema {
  const { type, minimum, maximum } = schema;
  return Object.fromEntries(Object.entries({ type, enum: schema.enum, minimum, maximum }).filter(([, value]) => value !== undefined));
}

function orNull(translated: JsonSchema, schema: OpenapiSchema, { at }: Translation): JsonSchema {
  const alternatives: JsonSchema[] = [translated];
  if (schema.nullable === true || alsoNull.includes(at)) alternatives.push({ type: 'null' });
  if (alsoListOfTexts.includes(at)) alternatives.push({ type: 'array', items: { type: 'string' } });
  return alternatives.length === 1 ? translated : { anyOf: alternatives };
}
