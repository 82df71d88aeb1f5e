import { setTimeout as pause } from 'node:timers/promises';
import { HttpStatus, NotFoundException, ServiceUnavailableException } from '@nestjs/common';
import { cleanTexts, failure, ok, type Result } from '@kds/kernel';
import { endRecurring, inSpan, logRecurring } from '@kds/observability';
import { sameSecret, type SecretRef, type Tenant } from '@kds/tenancy';
import type { GatewayParts } from './gateway-parts.js';

/** Senders wait ten seconds at best. */
const storeWithinMs = 4_000;
const nobody: SecretRef = { name: '', key: '' };

export interface WebhookKnock {
  readonly tenant: string;
  readonly token: string;
  readonly tokenRefOf: (tenant: Tenant) => SecretRef | null;
}

/**
 * Throws Nest's 404 unless the tenant has a webhook with this token. A tenant that is not there costs the same look-ups and digests as a token that
 * is wrong, and the answer is the same.
 */
export function admitWebhook(tenants: GatewayParts['tenants'], { tenant, token, tokenRefOf }: WebhookKnock): void {
  const known = tenants.find(tenant);
  const expected = tenants.secret((known && tokenRefOf(known)) ?? nobody)?.reveal();
  const same = sameSecret(token, expected ?? '');
  if (!same || expected === undefined || expected === '') throw new NotFoundException();
}

/** Returns once the bus has stored the hint; throws Nest's 503 when it does not in time, and tells the log why: once for a tenant while that goes on. */
export async function storeHint({ bus, log }: Pick<GatewayParts, 'bus' | 'log'>, subject: string, hint: { readonly tenant: string }): Promise<void> {
  const { tenant } = hint;
  const what = `webhooks of ${tenant}`;
  try {
    await withinTime(inSpan('receive-webhook', { kind: 'server', attributes: { 'messaging.destination.name': subject } }, () => bus.publish(subject, hint)));
    endRecurring(log, what);
  } catch (error) {
    logRecurring(log, { what, error, fields: { tenant, subject }, message: 'a webhook is answered with 503, since the bus did not keep its hint; its sender comes again, and what is missed is polled' });
    throw new ServiceUnavailableException({ statusCode: HttpStatus.SERVICE_UNAVAILABLE, message: 'not stored, send it again' });
  }
}

async function withinTime(stored: Promise<void>): Promise<void> {
  const over = new AbortController();
  const late = pause(storeWithinMs, undefined, { signal: over.signal }).then(() => {
    throw new Error(`the bus did not answer within ${storeWithinMs} ms`);
  });
  try {
    await Promise.race([stored, late]);
  } finally {
    over.abort();
    late.catch(() => undefined); // nobody waits for it any more
    stored.catch(() => undefined); // what becomes of a hint after its answer is of no use to its sender
  }
}

/** What a stranger sent, its texts cleaned. */
export function parseJson(text: string): Result<unknown, 'not-json'> {
  try {
    return ok(cleanTexts(JSON.parse(text) as unknown));
  } catch {
    return failure('not-json');
  }
}
