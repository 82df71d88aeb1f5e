import { cleanTexts, cutText } from '@kds/kernel';
import { type Document, LineCounter, parseAllDocuments, type YAMLError } from 'yaml';
import { parseTenant, type TenantRules } from '../parse-tenant/parse-tenant.js';
import type { Problem, TenantRecord } from '../tenant-record.js';
import { parseSecret, type SecretManifest } from './secret-manifest.js';

/** What one file holds. */
export interface Manifests {
  /** Tenants, and a nameless invalid record for whatever else could not be used. */
  readonly tenants: readonly TenantRecord[];
  readonly secrets: readonly SecretManifest[];
  /** False when some of the text could not be read, so that it may be about more tenants than are listed. */
  readonly readable: boolean;
}

export interface ManifestFile {
  readonly text: string;
  /** What to call it in problems. */
  readonly file: string;
}

/**
 * Reads the text of one YAML 1.2 (or JSON) file: any number of documents, each a Tenant or a Secret. What is wrong with one document is
 * an invalid record, and the other documents count. Problems tell places and rules, never text of the file that may be secret.
 */
export function readManifests(source: ManifestFile, rules: TenantRules): Manifests {
  const lines = new LineCounter();
  const parts = parseDocuments(source.text, lines).map((document) => readDocument(document, { file: source.file, lines, rules }));
  return {
    tenants: parts.flatMap((part) => part.tenants),
    secrets: parts.flatMap((part) => part.secrets),
    readable: parts.every((part) => part.readable),
  };
}

/** The manifests of a file that could not be read at all. */
export function unreadable(file: string, reason: string): Manifests {
  return { ...refused(file, [{ path: '', reason }]), readable: false };
}

function parseDocuments(text: string, lineCounter: LineCounter): readonly Document.Parsed[] {
  const documents = parseAllDocuments(text, { lineCounter, prettyErrors: false, logLevel: 'error' });
  return 'empty' in documents ? [] : documents;
}

interface Circumstances {
  readonly file: string;
  readonly lines: LineCounter;
  readonly rules: TenantRules;
}

function readDocument(document: Document.Parsed, { file, lines, rules }: Circumstances): Manifests {
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({ path: '', reason: syntaxReason(error, lines) }));
    return { ...refused(file, problems, nameInBrokenTenant(document)), readable: false };
  }
  const { manifest, reason } = toPlain(document);
  if (reason !== undefined) return { ...refused(file, [{ path: '', reason }], nameInBrokenTenant(document)), readable: false };
  return readManifest(manifest, file, rules);
}

function readManifest(manifest: unknown, file: string, rules: TenantRules): Manifests {
  if (manifest === null || manifest === undefined) return { tenants: [], secrets: [], readable: true };
  if (!isMapping(manifest)) return refused(file, [{ path: '', reason: 'write manifests only: mappings with apiVersion, kind, metadata and spec' }]);
  if (manifest.kind === 'Secret') {
    const secret = parseSecret(manifest);
    return secret.ok ? { tenants: [], secrets: [secret.value], readable: true } : refused(file, secret.error);
  }
  if (manifest.kind !== 'Tenant') return refused(file, [{ path: 'kind', reason: kindReason(manifest.kind) }]);
  const tenant = parseTenant(manifest, rules);
  if (!tenant.ok) return refused(file, tenant.error, nameIn(cleanTexts(manifest)));
  return { tenants: [{ state: 'valid', tenant: tenant.value, file }], secrets: [], readable: true };
}

function kindReason(kind: unknown): string {
  const found = typeof kind === 'string' && kind !== '' ? `${cutText(kind, 63)} is not a kind that is read here` : 'required';
  return `${found}; write Tenant or Secret, and keep other manifests elsewhere`;
}

function refused(file: string, problems: readonly Problem[], name?: string): Manifests {
  return { tenants: [{ state: 'invalid', name, file, problems }], secrets: [], readable: true };
}

/** The parser's own message would quote the text, which may hold a secret; its code does not. */
function syntaxReason(error: YAMLError, lines: LineCounter): string {
  const { line, col } = lines.linePos(error.pos[0]);
  return `not readable as YAML at line ${line}, column ${col}: ${error.code.toLowerCase().replaceAll('_', ' ')}`;
}

/** Aliases that multiply without end are found only when they are followed. */
function toPlain(document: Document.Parsed): { readonly manifest?: unknown; readonly reason?: string } {
  try {
    return { manifest: document.toJS() as unknown };
  } catch {
    return { reason: 'not readable as YAML: an alias (*name) has no anchor (&name), or there are too many; write the values out' };
  }
}

/** Unchecked: only good for saying whose manifest is broken. */
function nameInBrokenTenant(document: Document.Parsed): string | undefined {
  const name: unknown = document.get('kind') === 'Tenant' ? document.getIn(['metadata', 'name']) : undefined;
  return typeof name === 'string' ? name : undefined;
}

function nameIn({ metadata }: Readonly<Record<string, unknown>>): string | undefined {
  return isMapping(metadata) && typeof metadata.name === 'string' ? metadata.name : undefined;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
