import type { Setting } from './setting.js';

export type Environment = Readonly<Record<string, string | undefined>>;

type ValuesOf<Settings> = { readonly [Name in keyof Settings]: Settings[Name] extends Setting<infer T> ? T : never };

/** The environment is not one to start with; the message names every mistake. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(mistakes: readonly string[]) {
    super(`the environment is not right:\n- ${mistakes.join('\n- ')}`);
  }
}

/** What is set: a name that is set to nothing, or to blanks, counts as not set. */
export function settingsGiven(env: Environment): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])));
}

/** Reads settings, the same way in every service. Throws a `SettingsError` with every mistake, those that were found elsewhere (`others`) among them. */
export function readSettings<Settings extends Readonly<Record<string, Setting<unknown>>>>(env: Environment, settings: Settings, others: readonly string[] = []): ValuesOf<Settings> {
  const given = settingsGiven(env);
  const mistakes: string[] = [];
  const values = Object.entries(settings).map(([name, { read, otherwise }]) => {
    const text = given[name];
    const result = text !== undefined ? read(text) : 'missing' in otherwise ? ({ ok: false, error: otherwise.missing } as const) : ({ ok: true, value: otherwise.value } as const);
    if (!result.ok) mistakes.push(`${name}: ${result.error}`);
    return [name, result.ok ? result.value : undefined];
  });
  if (mistakes.length + others.length > 0) throw new SettingsError([...mistakes, ...others]);
  return Object.fromEntries(values) as ValuesOf<Settings>;
}
