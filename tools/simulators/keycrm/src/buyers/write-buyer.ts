import type { Account } from '../accounts/account.js';
import { applyCustomFields, readCustomFields } from '../dictionaries/custom-field-values.js';
import { BodyCheck, isObject, type JsonObject, textOrNull } from '../http/body-check.js';
import { notFound } from '../http/refusal.js';
import type { ApiAnswer, ApiRequest } from '../http/route.js';
import type { Buyer } from './buyer.js';
import { showBuyer } from './show-buyer.js';

export function buyerOf({ account, id }: ApiRequest): Buyer {
  const buyer = account.buyers.byId.get(Number(id));
  if (!buyer) throw notFound('Buyer');
  return buyer;
}

export function createBuyer({ account, body }: ApiRequest): ApiAnswer {
  const check = new BodyCheck();
  const wanted = readSent(account, check, isObject(body) ? body : {});
  check.refuseIfBroken();
  return { status: 201, body: showBuyer(account, addBuyer(account, wanted)) };
}

export function updateBuyer(request: ApiRequest): ApiAnswer {
  const { account, body } = request;
  const buyer = buyerOf(request);
  const check = new BodyCheck();
  const wanted = readSent(account, check, isObject(body) ? body : {});
  check.refuseIfBroken();
  apply(account, buyer, wanted);
  return { status: 202, body: showBuyer(account, buyer) };
}

/** POST /buyer/import: a refused one answers 400 without a word. */
export function importBuyers({ account, body }: ApiRequest): ApiAnswer {
  const rows = isObject(body) && Array.isArray(body['buyers']) ? body['buyers'] : undefined;
  const read = (rows ?? []).map((row) => {
    const check = new BodyCheck();
    return { wanted: readSent(account, check, isObject(row) ? row : {}), broken: check.broken };
  });
  const isRefused = rows === undefined || (account.switches.importAtomicity === 'whole-batch' && read.some(({ broken }) => broken));
  if (isRefused) return { status: 400, body: { status: false } };
  for (const { wanted, broken } of read) if (!broken) addBuyer(account, wanted);
  return { status: 201, body: { status: true } };
}

interface SentBuyer {
  readonly sent: JsonObject;
  readonly customFields: ReturnType<typeof readCustomFields>;
}

function readSent(account: Account, check: BodyCheck, sent: JsonObject): SentBuyer {
  check.required('full_name', sent['full_name']);
  for (const key of ['full_name', 'birthday', 'note']) check.text(key, sent[key]);
  for (const key of ['email', 'phone']) {
    if (sent[key] != null && !isTexts(sent[key])) check.fail(key, `The ${key} must be an array.`);
  }
  return { sent, customFields: readCustomFields(account, check, 'client', check.rows('custom_fields', sent['custom_fields'])) };
}

function addBuyer(account: Account, wanted: SentBuyer): Buyer {
  const buyer = account.buyers.add({}, account.now());
  apply(account, buyer, wanted);
  return buyer;
}

function apply(account: Account, buyer: Buyer, { sent, customFields }: SentBuyer): void {
  const listed = (old: string[], value: unknown) => {
    if (value === undefined) return old;
    const given = isTexts(value) ? value : [];
    return account.switches.buyerLists === 'merged' ? [...new Set([...old, ...given])] : [...given];
  };
  buyer.fullName = String(sent['full_name']);
  buyer.emails = listed(buyer.emails, sent['email']);
  buyer.phones = listed(buyer.phones, sent['phone']);
  if (sent['birthday'] !== undefined) buyer.birthday = textOrNull(sent['birthday']);
  if (sent['note'] !== undefined) buyer.note = textOrNull(sent['note']);
  applyCustomFields(buyer.customFields, customFields);
  buyer.updatedAt = account.now();
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
