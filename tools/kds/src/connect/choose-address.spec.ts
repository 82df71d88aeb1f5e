import type { RunningStack } from '../stack/running-stack.js';
import { chooseAddress, onlyStack, withoutPassword } from './choose-address.js';

const stack: RunningStack = {
  pid: 1,
  startedAt: '2026-11-05T10:00:00.000Z',
  keycrmGateway: 'http://127.0.0.1:1',
  dilovodGateway: 'http://127.0.0.1:2',
  orchestrator: 'http://127.0.0.1:3',
  databaseUrl: 'postgres://kds:secret@127.0.0.1:5/kds',
  natsUrl: 'nats://127.0.0.1:4',
  tenantsDir: '/shops',
};

describe('where a server is', () => {
  it('is what the environment names, before anything else', async () => {
    expect(await chooseAddress('ledger', { env: { DATABASE_URL: 'postgres://named' }, stateDir: '/nowhere' })).toBe('postgres://named');
  });

  it('is refused, with what to do, for a folder in which no stack works', async () => {
    await expect(chooseAddress('bus', { env: {}, stateDir: '/nowhere' })).rejects.toThrow('No stack works in /nowhere: start one with `kds up --tenants DIR --state /nowhere`, or set NATS_URL.');
  });

  it('is the one running stack; none or several are refused', () => {
    expect(onlyStack([stack], 'DATABASE_URL')).toBe(stack);
    expect(() => onlyStack([], 'DATABASE_URL')).toThrow('No stack of yours runs');
    expect(() => onlyStack([stack, { ...stack, pid: 2, tenantsDir: '/others' }], 'DATABASE_URL')).toThrow(/Several stacks run.*\n.*pid 1, tenants in \/shops.*\n.*pid 2, tenants in \/others/);
  });

  it('is never shown with its password', () => {
    expect(withoutPassword(stack.databaseUrl)).toBe('postgres://kds@127.0.0.1:5/kds');
    expect(withoutPassword('host=somewhere password=secret')).not.toContain('secret');
    expect(() => onlyStack([stack, stack], 'DATABASE_URL')).not.toThrow(/secret/);
  });
});
