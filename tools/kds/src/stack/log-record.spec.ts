import { toLogRecord } from './log-record.js';

const source = { service: 'keycrm-gateway', stream: 'stderr', at: new Date('2026-11-24T10:00:00Z') } as const;

describe('a line of a service in the log of the stack', () => {
  it('stays as it is when it is a record', () => {
    const record = '{"level":30, "msg":"spaces stay"}';
    expect(toLogRecord(record, source)).toBe(record);
  });

  it.each(['Segmentation fault', '{"cut off', '"a string"', '[1]', 'null', '42'])('is wrapped as a record when it is none: %s', (line) => {
    expect(JSON.parse(toLogRecord(line, source))).toEqual({ level: 'warn', time: '2026-11-24T10:00:00.000Z', service: 'keycrm-gateway', msg: line });
  });
});
