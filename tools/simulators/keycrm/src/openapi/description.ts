import type { OpenapiSchema } from './json-schema.js';

export interface DescribedParameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: 'query' | 'path' | 'header';
  readonly description?: string;
  readonly schema?: OpenapiSchema;
  readonly examples?: Readonly<Record<string, { readonly value?: unknown }>>;
}

type Content = Readonly<Record<string, { readonly schema?: OpenapiSchema }>>;

export interface DescribedOperation {
  readonly parameters?: readonly DescribedParameter[];
  readonly requestBody?: { readonly content?: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

/** The parts of an OpenAPI document that are read here. */
export interface OpenapiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, OpenapiSchema>>;
    readonly parameters: Readonly<Record<string, DescribedParameter>>;
  };
}

export interface FoundOperation {
  /** `<METHOD> <path template>` in the description's own words. */
  readonly name: string;
  readonly operation: DescribedOperation;
}

/** The operation behind a concrete path (`/order/9051`); fixed paths go before templates. */
export function findOperation(document: OpenapiDocument, method: string, path: string): FoundOperation | undefined {
  const templates = Object.keys(document.paths).filter((template) => template === path || patternOf(template).test(path));
  for (const template of templates.sort((a, b) => Number(b === path) - Number(a === path))) {
    const operation = document.paths[template]?.[method.toLowerCase()];
    if (operation) return { name: `${method.toUpperCase()} ${template}`, operation };
  }
  return undefined;
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`);
}

export function queryParameters(document: OpenapiDocument, operation: DescribedOperation): readonly DescribedParameter[] {
  return (operation.parameters ?? [])
    .map((parameter) => (parameter.$ref ? document.components.parameters[parameter.$ref.split('/').at(-1) ?? ''] : parameter))
    .filter((parameter): parameter is DescribedParameter => parameter?.in === 'query');
}

/** Only the examples name the filters (`{status_id: 1}`) and sort orders (`-id`) of an operation. */
export function exampleKeys(parameter: DescribedParameter): readonly string[] {
  const values = Object.values(parameter.examples ?? {}).map((example) => example.value);
  return values.flatMap((value) => (typeof value === 'object' && value !== null ? Object.keys(value) : [String(value)]));
}

/** Only the prose names the includes of an operation, between backticks. */
export function proseNames(parameter: DescribedParameter): readonly string[] {
  return [...(parameter.description ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
}
