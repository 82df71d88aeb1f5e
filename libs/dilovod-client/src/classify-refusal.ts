import type { ApiAnswer, FailureCode } from '@kds/kernel';
import { type DilovodShortGood, fromShortageText } from './from-shortage-text.js';
import { toPlainText, toShortText } from './plain-text.js';

/** A required attribute that a write lacked: the technical name and what people see on screen. */
export interface DilovodMissingField {
  readonly name: string;
  readonly label: string;
}

interface Refusal {
  readonly when: RegExp;
  readonly then: (match: RegExpExecArray, html: string) => ApiAnswer<never>;
}

const period = String.raw`пер[иі]од`;
const closed = String.raw`(?:закри|закры|заборон|запрещ)`;
const closedPeriod = new RegExp(`${period}[^.|]{0,80}${closed}|${closed}[^.|]{0,80}${period}`, 'iu');
const fieldRefused = /^can'?t set value of (?:header|tableParts)\.([\w.]+)/i;
const priceExists = /ціна[^.]{0,60}вже встановлен|цена[^.]{0,60}уже установлен/iu;

/** Every text that Dilovod is known to refuse with, and what follows from it; the first that fits decides. */
const refusals: readonly Refusal[] = [
  { when: /multithreadApiSession|multithread api request blocked/i, then: () => failed('concurrent', 'another request with the same key is running', 1_000) },
  { when: /^bad key\b/i, then: () => rejected('bad-key', 'Dilovod does not know this API key: the client makes a new one (Сервіс → Підключення до API), the agency puts it into the Secret') },
  { when: /^Access to (\S+) denied/i, then: ([, type]) => rejected('access-denied', `the API role may not use ${type}: the client's administrator opens it in Dilovod (Сервіс → Ролі користувачів)`, { type }) },
  { when: /^object with id\s+(.{0,40}?)\s*not found/i, then: ([, id]) => rejected('not-found', 'Dilovod has no object with this id', { id }) },
  { when: fieldRefused, then: ([, field]) => rejected('bad-field', `Dilovod has no field "${field}", or refuses its value: the agency corrects the id in the manifest, or tells us of the renamed field`, { field }) },
  { when: /^emptyRequiredReq\s+(.+)$/i, then: ([, list = '']) => missingRequired(list) },
  { when: /\bobject (?:is )?locked\b/i, then: () => failed('locked', 'somebody is editing the object in Dilovod', 30_000) },
  { when: /Недостатня кількість|Недостатньо:/iu, then: (_, html) => shortage(html) },
  { when: priceExists, then: () => rejected('price-exists', 'this good has a price of this type for this day already') },
  { when: closedPeriod, then: (_, html) => rejected('closed-period', `${toShortText(html)} (the period is closed: the client's accountant opens it)`) },
  { when: /^(?!applicationLayerError).*\bnot allowed\b/i, then: () => rejected('method-not-allowed', 'Dilovod does not allow this method: the client asks Dilovod to open it for the API role') },
];

/** Names the refusal that a text of Dilovod's means; `refused` with the text itself when it is none of the known ones. */
export function classifyRefusal(html: string): ApiAnswer<never> {
  const text = toPlainText(html);
  for (const { when, then } of refusals) {
    const match = when.exec(text);
    if (match !== null) return then(match, html);
  }
  return rejected('refused', toShortText(html.replace(/^\s*applicationLayerError\s*/, '')) || 'Dilovod refused without saying why');
}

/** The text with which an answer says no, if it does: `error`, `status: "error"`, or messages in place of a result. */
export function refusalTextIn(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const { error, status, errorMessage, clientMessages, id, header, data } = json as Record<string, unknown>;
  if (typeof error === 'string' && error !== '') return error;
  if (error !== undefined && error !== null && error !== '' && error !== false) return 'an error of a kind that Dilovod does not document';
  if (status === 'error') return typeof errorMessage === 'string' ? errorMessage : '';
  return [id, header, data].every((result) => result === undefined) ? complaintIn(clientMessages) : undefined;
}

function complaintIn(clientMessages: unknown): string | undefined {
  if (!Array.isArray(clientMessages)) return undefined;
  const complaints = (clientMessages as readonly ({ type?: unknown; data?: unknown } | null)[]).filter((item) => item?.type === 'error' || item?.type === 'warn');
  return complaints.length === 0 ? undefined : complaints.map((item) => (typeof item?.data === 'string' ? item.data : '')).join(' ');
}

function missingRequired(list: string): ApiAnswer<never> {
  const fields: readonly DilovodMissingField[] = list.split('|').map((entry) => {
    const [name = '', ...label] = entry.trim().split(/\s+/);
    return { name, label: label.join(' ').replace(/^\(|\)$/g, '') };
  });
  return rejected('missing-required', toShortText(`Dilovod needs a value for ${fields.map(({ name, label }) => label || name).join(', ')}: the client's accountant fills it in where the good or the firm is described, or the agency sets it in the manifest`), { fields });
}

function shortage(html: string): ApiAnswer<never> {
  const goods = fromShortageText(html);
  const lines = goods.map((good) => `${nameOf(good)} needs ${good.needed} ${good.unit}, free ${good.free}, missing ${good.missing}`);
  return rejected('shortage', toShortText(`not enough free stock: ${lines.join('; ')}`.replace(/: $/, '')), { goods });
}

function nameOf({ name, productNum, code, goodId }: DilovodShortGood): string {
  return productNum === undefined ? name || code || goodId || 'a good' : `${name} (${productNum})`;
}

function rejected(code: FailureCode, message: string, detail?: unknown): ApiAnswer<never> {
  return { kind: 'rejected', failure: { code, message, detail } };
}

function failed(code: FailureCode, message: string, retryAfterMs: number): ApiAnswer<never> {
  return { kind: 'failed', failure: { code, message }, retryAfterMs };
}
