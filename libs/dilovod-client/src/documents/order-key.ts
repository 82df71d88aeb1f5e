/** What the remark of every document of one order begins with. */
export function orderKey(orderId: number): string {
  return `KeyCRM #${orderId}`;
}

/** Whether a remark is that of the order: its key, then nothing or white space (`#905` is not `#9051`). */
export function bearsOrderKey(remark: string, orderId: number): boolean {
  return orderIdIn(remark) === orderId;
}

/** What follows an order's key in a remark; `null`: nothing, or the remark begins with no key. */
export function remarkTailIn(remark: string): string | null {
  return orderIdIn(remark) === undefined ? null : remark.replace(/^KeyCRM #\d+/u, '').trim() || null;
}

export interface RemarkTails {
  readonly orderId: number;
  /** Our words as they were, and as they shall be. */
  readonly before: string | null;
  readonly after: string | null;
}

/** The remark with our words after the key put in the place of those that we wrote before; what people added stays. */
export function withRemarkTail(remark: string, { orderId, before, after }: RemarkTails): string {
  const tail = orderIdIn(remark) === undefined ? remark.trim() : (remarkTailIn(remark) ?? '');
  const theirs = before !== null && tail.startsWith(before) ? tail.slice(before.length).trim() : tail;
  return [orderKey(orderId), after, theirs].filter(Boolean).join(' ');
}

/** The order whose key a remark begins with. */
export function orderIdIn(remark: string): number | undefined {
  const [, digits] = /^KeyCRM #([1-9]\d{0,14})(?:\s|$)/u.exec(remark) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
