import 'reflect-metadata';
import { failure, ok, type Result } from '@kds/kernel';
import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';

/** Checks a message against its class; the problems name the members. `asItCame` names members of any shape and size, which are not gone through. */
export function parseMessage<T extends object>(type: ClassConstructor<T>, raw: unknown, asItCame: readonly (keyof T & string)[] = []): Result<T, string> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return failure('not an object');
  const [checked, kept] = [{ ...raw } as Record<string, unknown>, {} as Record<string, unknown>];
  for (const name of asItCame) {
    if (Object.hasOwn(checked, name)) kept[name] = checked[name];
    delete checked[name];
  }
  const message = Object.assign(plainToInstance(type, checked, { enableImplicitConversion: false }), kept);
  const problems = validateSync(message, { whitelist: false, forbidUnknownValues: false });
  return problems.length === 0 ? ok(message) : failure(problems.flatMap((problem) => describe(problem, '')).join('; '));
}

function describe({ property, constraints, children }: ValidationError, path: string): readonly string[] {
  const here = path === '' ? property : `${path}.${property}`;
  return [...Object.values(constraints ?? {}).map((text) => `${here}: ${text}`), ...(children ?? []).flatMap((child) => describe(child, here))];
}
