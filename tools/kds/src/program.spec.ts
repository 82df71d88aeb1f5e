import { runVerb } from './spec-support/run-verb.js';

describe('a command line', () => {
  it('is explained when asked', async () => {
    const { exitCode, out } = await runVerb('--help');
    expect(exitCode).toBe(0);
    for (const verb of ['up', 'tenants', 'held', 'order', 'lanes', 'drift', 'replay', 'dead', 'rules', 'completion']) expect(out).toMatch(new RegExp(`^  ${verb}\\b`, 'm'));
  });

  test.each([
    ['unknown', "unknown command 'unknown'", 'kds --help'],
    ['held', 'Usage: kds held', ''],
    ['held show shop', "missing required argument 'what'", 'kds held show --help'],
    ['held release shop nine', 'write the number of a KeyCRM order', 'kds held release --help'],
    ['drift --since long', 'write a span such as', 'kds drift --help'],
    ['dead resend', 'name messages by their ids, or say --all', 'kds dead resend --help'],
    ['completion fish', 'Allowed choices are bash, zsh', 'kds completion --help'],
    ['rules --json --markdown', 'cannot be used with', 'kds rules --help'],
  ])('that is wrong (%s) exits with 2 and says where to look', async (line, complaint, hint) => {
    const { exitCode, err } = await runVerb(line);
    expect([exitCode, err]).toEqual([2, expect.stringContaining(complaint)]);
    expect(err).toContain(hint);
  });

  it('that asks a server which does not answer exits with 1, without the password', async () => {
    const { exitCode, err, out } = await runVerb('tenants --json', { env: { DATABASE_URL: 'postgres://kds:secret@127.0.0.1:1/kds' } });
    expect([exitCode, err]).toEqual([1, expect.stringMatching(/^The ledger at postgres:\/\/kds@127.0.0.1:1\/kds cannot be reached \(.*ECONNREFUSED.*\): check/)]);
    expect(JSON.parse(out)).toEqual({ error: err.trimEnd() });
    expect((await runVerb('dead list', { env: { NATS_URL: 'nats://127.0.0.1:1' } })).err).toMatch(/^The bus at nats:\/\/127.0.0.1:1 cannot be reached/);
  });
});
