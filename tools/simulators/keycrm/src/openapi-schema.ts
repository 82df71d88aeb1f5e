import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { keycrmOpenapiPath } from './config.js';
import { type DescribedParameter, exampleKeys, findOperation, type OpenapiDocument, proseNames, queryParameters } from './openapi/description.js';
import { undescribedStatuses } from './openapi/deviations.js';
import { definitionsId, type OpenapiSchema, toJsonSchema } from './openapi/json-schema.js';

export interface CheckedAnswer {
  readonly method: string;
  /** Below the base path, e.g. `/order/9051`. */
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

export interface CheckedRequest {
  readonly method: string;
  readonly path: string;
  /** As in the address: `{'filter[status_id]': '4', limit: '50'}`. */
  readonly query?: Readonly<Record<string, string | number>> | URLSearchParams;
  readonly body?: unknown;
}

/** The vendor's description as a judge. Both checks return what is wrong, nothing when all is well. */
export interface KeycrmOpenapi {
  checkAnswer(answer: CheckedAnswer): readonly string[];
  /** Also reports filters, includes, sort orders and body keys that are not described, though the API ignores some of them. */
  checkRequest(request: CheckedRequest): readonly string[];
}

/** Loads the description; `undefined` when it is not at hand (it is the vendor's and no part of the repository). */
export function loadKeycrmOpenapi(path: string = keycrmOpenapiPath()): KeycrmOpenapi | undefined {
  if (!existsSync(path)) return undefined;
  return new LoadedOpenapi(parse(readFileSync(path, 'utf8')) as OpenapiDocument);
}

class LoadedOpenapi implements KeycrmOpenapi {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly validators = new Map<string, ValidateFunction>();

  constructor(private readonly document: OpenapiDocument) {
    addFormats.default(this.ajv);
    const definitions = Object.entries(document.components.schemas).map(([name, schema]) => [name, toJsonSchema(schema, { at: name, closed: false })]);
    this.ajv.addSchema({ $id: definitionsId, $defs: Object.fromEntries(definitions) });
  }

  checkAnswer({ method, path, status, body }: CheckedAnswer): readonly string[] {
    const found = findOperation(this.document, method, path);
    if (!found) return [`${method} ${path} is not described`];
    const response = found.operation.responses[String(status)];
    if (!response) return undescribedStatuses.includes(status) ? [] : [`${found.name} does not answer ${status}`];
    const schema = response.content?.['application/json']?.schema;
    if (!schema) return [];
    return this.problems(`${found.name} ${status}`, schema, { at: `${found.name} ${status}`, closed: false }, body);
  }

  checkRequest({ method, path, query = {}, body }: CheckedRequest): readonly string[] {
    const found = findOperation(this.document, method, path);
    if (!found) return [`${method} ${path} is not described`];
    const parameters = queryParameters(this.document, found.operation);
    const pairs = query instanceof URLSearchParams ? [...query] : Object.entries(query).map(([key, value]) => [key, String(value)] as const);
    const wrongQuery = pairs.flatMap(([key, value]) => this.queryProblems(parameters, key, value).map((problem) => `${found.name}: ${problem}`));
    const schema = found.operation.requestBody?.content?.['application/json']?.schema;
    if (!schema) return body === undefined ? wrongQuery : [...wrongQuery, `${found.name}: takes no body`];
    return [...wrongQuery, ...this.problems(found.name, schema, { at: found.name, closed: true }, body)];
  }

  private queryProblems(parameters: readonly DescribedParameter[], key: string, value: string): readonly string[] {
    const filter = /^filter\[([^\]]+)\]$/.exec(key)?.[1];
    const name = filter === undefined ? key : 'filter';
    const parameter = parameters.find((one) => one.name === name);
    if (!parameter) return [`no query parameter ${name}`];
    if (filter !== undefined) return unlisted('filter', [filter], exampleKeys(parameter));
    if (name === 'include') return unlisted('include', value.split(','), proseNames(parameter));
    if (name === 'sort') return unlisted('sort', [value], exampleKeys(parameter));
    const schema = parameter.schema ?? {};
    const typed = schema.type === 'integer' || schema.type === 'number' ? Number(value) : value;
    return this.problems(`?${key} ${JSON.stringify(schema)}`, schema, { at: `?${key}`, closed: false }, typed);
  }

  private problems(key: string, schema: OpenapiSchema, where: Parameters<typeof toJsonSchema>[1], value: unknown): readonly string[] {
    let validate = this.validators.get(`${key} ${where.closed}`);
    if (!validate) {
      validate = this.ajv.compile(toJsonSchema(schema, where));
      this.validators.set(`${key} ${where.closed}`, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => `${where.at}${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
  }
}

function unlisted(kind: string, asked: readonly string[], described: readonly string[]): readonly string[] {
  return asked.filter((name) => !described.includes(name)).map((name) => `${kind} ${name} is not described; there are ${described.join(', ')}`);
}
