import { setTimeout as pause } from 'node:timers/promises';
import { HttpStatus, NotFoundException, ServiceUnavailableException } from '@nestjs/common';
import { cleanTexts, failure, ok, type Result } from '@kds/kernel';
import { inSpan } from '@kds/observability';
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

/** Returns once the bus has stored the hint; throws Nest's 503 when it does not in time. */
export async function storeHint(bus: GatewayParts['bus'], subject: string, hint: object): Promise<void> {
  const stored = inSpan('receive-webhook', { kind: 'server', attributes: { 'messaging.destination.name': subject } }, () => bus.publish(subject, hint)).then(
    () => true,
    () => false,
  );
  const over = new AbortController();
  const inTime = await Promise.race([stored, pause(storeWithinMs, false, { signal: over.signal }).catch(() => false)]);
  over.abort();
  if (!inTime) throw new ServiceUnavailableException({ statusCode: HttpStatus.SERVICE_UNAVAILABLE, message: 'not stored, send it again' });
}

/** What a stranger sent, its texts cleaned. */
export function parseJson(text: string): Result<unknown, 'not-json'> {
  try {
    return ok(cleanTexts(JSON.parse(text) as unknown));
  } catch {
    return failure('not-json');
  }
}
