/** What the remark of every document of one order begins with. */
export function orderKey(orderId: number): string {
  return `KeyCRM #${orderId}`;
}

/** Whether a remark is that of the order: its key, then nothing or white space (`#905` is not `#9051`). */
export function bearsOrderKey(remark: string, orderId: number): boolean {
  return orderIdIn(remark) === orderId;
}

/** The order whose key a remark begins with. */
export function orderIdIn(remark: string): number | undefined {
  const [, digits] = /^KeyCRM #([1-9]\d{0,14})(?:\s|$)/u.exec(remark) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
