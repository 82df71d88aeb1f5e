import { cleanText, cleanTexts } from '@kds/kernel';

/**
 * A parameter that Postgres takes. Neither its texts nor its JSON hold U+0000 or half a character: whatever came in
 * uncleaned loses those here, instead of failing the statement and everything that hangs on it.
 */
export function toStorable(parameter: unknown): unknown {
  if (typeof parameter === 'string') return looksStorable(parameter) ? parameter : cleanedParameter(parameter);
  return Array.isArray(parameter) ? parameter.map(toStorable) : parameter;
}

/**
 * Almost every parameter is; whole catalogues come through here. Half a character that no JSON escapes is replaced as
 * the text is encoded.
 */
function looksStorable(text: string): boolean {
  return !text.includes('\0') && !text.includes(String.raw`\u0000`) && !text.includes(String.raw`\ud`);
}

/** JSON escapes what it cannot hold: its texts have to be read before they can be cleaned. */
function cleanedParameter(text: string): string {
  const json = /^\s*[[{"]/.test(text) ? parsed(text) : undefined;
  return json === undefined ? cleanText(text) : JSON.stringify(cleanTexts(json.value));
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined; // a text that only begins like JSON
  }
}
