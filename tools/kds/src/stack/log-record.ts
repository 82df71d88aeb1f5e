/** A line of a child process as the record that is passed on: unchanged when it is one already, else wrapped as one. */
export function toLogRecord(line: string, source: { readonly service: string; readonly stream: 'stdout' | 'stderr'; readonly at: Date }): string {
  if (isRecord(line)) return line;
  const level = source.stream === 'stderr' ? 'warn' : 'info';
  return JSON.stringify({ level, time: source.at.toISOString(), service: source.service, msg: line });
}

function isRecord(line: string): boolean {
  if (!line.startsWith('{')) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
