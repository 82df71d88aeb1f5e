/** Aborted by Ctrl-C and the other ways to be asked to end. A signal that comes again changes nothing: npm and the terminal both send it. */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopping.abort());
  return stopping.signal;
}
