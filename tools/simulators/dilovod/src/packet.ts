/** One call, as it came. */
export interface Packet {
  readonly version: unknown;
  readonly key: string;
  readonly action: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly clientID?: unknown;
}

/** The JSON text of a request: the form field or part named `packet`, or the body itself. Nothing when there is none. */
export async function packetText(body: Buffer<ArrayBuffer>, contentType: string): Promise<string | undefined> {
  if (/^application\/x-www-form-urlencoded/i.test(contentType)) return new URLSearchParams(body.toString('utf8')).get('packet') ?? undefined;
  if (/^multipart\/form-data/i.test(contentType)) return multipartPacket(body, contentType);
  return body.length > 0 ? body.toString('utf8') : undefined;
}

/** The packet that a JSON text holds; nothing when it is no JSON object. */
export function parsePacket(text: string): Packet | undefined {
  try {
    const raw: unknown = JSON.parse(text);
    if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined;
    const { version, key, action, params, clientID } = raw as Record<string, unknown>;
    return { version, key: String(key ?? ''), action: String(action ?? ''), params: membersOf(params), ...(clientID === undefined ? {} : { clientID }) };
  } catch {
    return undefined;
  }
}

/** The members of a JSON object, none of anything else. */
export function membersOf(raw: unknown): Readonly<Record<string, unknown>> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? (raw as Record<string, unknown>) : {};
}

async function multipartPacket(body: Buffer<ArrayBuffer>, contentType: string): Promise<string | undefined> {
  try {
    const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
    const packet = form.get('packet');
    return packet === null ? undefined : typeof packet === 'string' ? packet : await packet.text();
  } catch {
    return undefined;
  }
}
