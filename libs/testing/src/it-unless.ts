/**
 * Jest's `it`, or a skipped test that carries the reason in its name, where the sum of all tests finds it.
 * `reason` says what is missing on this machine; undefined when nothing is.
 */
export function itUnless(reason: string | undefined): (name: string, test: (() => Promise<void>) | (() => void), timeoutMs?: number) => void {
  if (reason === undefined) return it;
  return (name, test, timeoutMs) => it.skip(`${name} [skipped: ${reason}]`, test, timeoutMs);
}
