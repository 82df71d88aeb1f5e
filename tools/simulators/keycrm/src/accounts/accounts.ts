import { RequestLog } from '@kds/simulator-kit';
import { type AccountControl, controlOf } from '../control/account-control.js';
import { Account, type NewAccount } from './account.js';
import { Callers } from './callers.js';

/** The accounts of one simulator, by name for control and by key for the API. */
export class Accounts {
  readonly strangers = new RequestLog('(no account)');
  private readonly callers = new Callers();
  private readonly byName = new Map<string, AccountControl>();
  private readonly byKey = new Map<string, Account>();

  create(wanted: NewAccount): AccountControl {
    if (!wanted.name || !wanted.apiKey) throw new RangeError('an account needs a name and an apiKey');
    if (this.byName.has(wanted.name)) throw new RangeError(`there is an account ${wanted.name} already`);
    if (this.byKey.has(wanted.apiKey)) throw new RangeError('another account has this key already');
    const account = new Account(wanted, this.callers);
    const control = controlOf(account);
    this.byKey.set(wanted.apiKey, account);
    this.byName.set(wanted.name, control);
    return control;
  }

  named(name: string): AccountControl {
    const control = this.byName.get(name);
    if (!control) throw new RangeError(`no account ${name}; there are ${this.names().join(', ') || 'none'}`);
    return control;
  }

  /** The account of a key, be it replaced by another or not. */
  withKey(key: string | undefined): Account | undefined {
    if (key === undefined) return undefined;
    return this.byKey.get(key) ?? [...this.byKey.values()].find((account) => account.apiKeys.includes(key));
  }

  names(): readonly string[] {
    return [...this.byName.keys()];
  }

  stop(): void {
    for (const account of this.byKey.values()) account.stop();
  }
}
