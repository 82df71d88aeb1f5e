import { createLogger } from './logger.js';

function written(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger({ service: 'test', level: 'trace', destination: { write: (line) => void lines.push(line) } }));
  return lines.join('');
}

/** As pg and TypeORM throw it. */
function queryFailed() {
  const driverError = Object.assign(new Error('invalid input syntax for type numeric: "Олена Коваль"'), {
    code: '22P02',
    detail: 'Failing row contains (one, Олена Коваль, +380671234567).',
    where: 'JSON data, line 1: {"fullName":"Олена Коваль"',
  });
  return Object.assign(new Error(driverError.message, { cause: driverError }), { name: 'QueryFailedError', query: 'insert into orders', parameters: ['Олена Коваль'], driverError });
}

describe('F3: a log record', () => {
  it.each([
    ['a member of that name', { buyer: { fullName: 'Олена Коваль' }, apiKey: 'k3y' }],
    ['one far inside', { order: { lines: [{ shipping: { recipient: 'Олена Коваль', note: { token: 'k3y' } } }] } }],
    ['an error of the database', { err: queryFailed() }],
    ['an error in another member', { problem: { error: queryFailed() } }],
    ['an HTTP error with its request', { err: Object.assign(new Error('socket hang up'), { request: { headers: { authorization: 'k3y' }, body: 'Олена Коваль' } }) }],
    ['a cause', { err: new Error('outer', { cause: Object.assign(new Error('inner'), { config: { apiKey: 'k3y', who: 'Олена Коваль' } }) }) }],
  ])('keeps nothing of %s', (_name, record) => {
    const text = written((logger) => logger.error(record, 'something failed'));
    expect(text).toContain('something failed');
    expect(text).not.toMatch(/Коваль|k3y|380671234567/);
  });

  it('keeps what explains an error', () => {
    const record = JSON.parse(written((logger) => logger.error({ err: queryFailed(), tenant: 'one' }, 'x')));
    expect(record).toMatchObject({ level: 'error', service: 'test', tenant: 'one', err: { type: 'QueryFailedError', message: 'invalid input syntax for type numeric: "…"', cause: { code: '22P02' } } });
    expect(record.err.stack).toContain('logger.spec');
  });

  it.each(['067 123 45 67', '+380671234567', '380671234567', '(067) 123-45-67', 'olena.koval@example.com', 'олена@пошта.укр'])('hides %s in a text', (contact) => {
    expect(written((logger) => logger.warn(`refused for ${contact}, try again`))).not.toContain(contact);
    expect(written((logger) => logger.warn({ detail: { text: `x ${contact}` } }, 'm'))).not.toContain(contact);
  });

  it.each(['1763900000000123', '1106800000001001', '9051', '2026-11-26T01:02:03.004Z', '0.0512345678', '/x/.pnpm/typeorm@1.1.1_pg@8.23.1/node_modules/typeorm', '@kds/kernel'])('leaves %s as it is', (harmless) => {
    expect(written((logger) => logger.info({ harmless }, harmless))).toContain(`"harmless":"${harmless}"`);
  });

  it('of a child keeps its fields and hides the same', () => {
    const text = written((logger) => logger.child({ tenant: 'one' }).info({ buyer: 'Олена Коваль' }, 'x'));
    expect(text).toContain('"tenant":"one"');
    expect(text).not.toContain('Коваль');
  });
});
