/** What the remark of every document of an order begins with. */
export function orderKey(orderId: number): string {
  return `KeyCRM #${orderId}`;
}

/** Whether a remark is that of the order: its key, then nothing or white space (`#905` is not `#9051`). */
export function bearsOrderKey(remark: string, orderId: number): boolean {
  const key = orderKey(orderId);
  return remark.startsWith(key) && /^(\s|$)/u.test(remark.slice(key.length));
}
