import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { cleanTexts, failure, ok, type Result } from '@kds/kernel';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, type ValidationError, validateSync } from 'class-validator';
import type { Problem } from '../tenant-record.js';
import type { Tenant } from '../tenant-spec.js';
import { checkAcrossMembers } from './check-across-members.js';
import { TenantManifest } from './tenant-manifest.js';
import { toTenantSpec } from './to-tenant-spec.js';

export interface TenantRules {
  /** Host names and `*.` wildcards that base URLs may point to. */
  readonly allowedHosts: readonly string[];
}

/**
 * Checks a manifest (a plain object, as YAML or an API server gives it) and applies the defaults; its texts are
 * cleaned. Fails with all its mistakes at once.
 */
export function parseTenant(manifest: unknown, rules: TenantRules): Result<Tenant, readonly Problem[]> {
  if (!isMapping(manifest)) return failure([{ path: '', reason: 'write a Tenant manifest: a mapping with apiVersion, kind, metadata and spec' }]);
  const read = plainToInstance(TenantManifest, withoutNulls(cleanTexts(manifest)) as object);
  const errors = validateSync(read, { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true });
  const across = isMapping(read.spec) ? checkAcrossMembers(read.spec, rules.allowedHosts) : [];
  const problems = firstPerPath([...errors.flatMap((error) => toProblems(error, '')), ...across]);
  return problems.length > 0 ? failure(problems) : ok(toTenant(read));
}

function toTenant({ metadata, spec: written }: TenantManifest): Tenant {
  const spec = toTenantSpec(written);
  const revision = createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, 16);
  return { name: metadata.name, revision, ...(metadata.generation === undefined ? {} : { generation: metadata.generation }), spec };
}

/** A member that is null is one that was left out, as an API server treats it. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, withoutNulls(member)]),
  );
}

function toProblems(error: ValidationError, parent: string): Problem[] {
  const path = Array.isArray(error.target) ? `${parent}[${error.property}]` : [parent, error.property].filter((part) => part !== '').join('.');
  const [rule, reason] = Object.entries(error.constraints ?? {})[0] ?? [];
  if (rule === 'whitelistValidation') return [{ path, reason: `is not a member of the manifest; the members here are: ${membersOf(error.target)}` }];
  if (reason !== undefined) return [{ path, reason: error.value === undefined ? `required: ${reason}` : reason }];
  return (error.children ?? []).flatMap((child) => toProblems(child, path));
}

function membersOf(section: object | undefined): string {
  const rules = getMetadataStorage().getTargetValidationMetadatas(section?.constructor ?? Object, '', false, false);
  return [...new Set(rules.map((rule) => rule.propertyName))].join(', ');
}

function firstPerPath(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.toReversed().map((problem) => [problem.path, problem])).values()].reverse();
}

function isMapping(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
