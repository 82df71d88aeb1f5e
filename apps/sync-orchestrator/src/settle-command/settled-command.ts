import type { Command, CommandKind, OutcomeMessage, ResultOf, System } from '@kds/contracts';
import type { Logger } from '@kds/observability';
import type { Db } from '@kds/persistence';
import type { TenantSpec } from '@kds/tenancy';

/** A command whose attempt has just ended, as effects see it. */
export interface SettledCommand<C extends Command = Command> {
  readonly id: string;
  readonly attempt: string;
  readonly dispatchedAt: Date;
  readonly tenant: string;
  readonly system: System;
  /** Whose turn it was; null for what was sent before accounts were known. */
  readonly account: string | null;
  readonly subject: string;
  readonly tries: number;
  readonly command: C;
}

export type CommandOf<K extends CommandKind> = Extract<Command, { readonly kind: K }>;

export interface EffectContext {
  readonly db: Db;
  /** Undefined when the tenant is gone or its manifest is broken at the moment. */
  readonly spec: TenantSpec | undefined;
  readonly logger: Logger;
}

export type Failure = NonNullable<OutcomeMessage['failure']>;

/** What an ended command means for what we keep. All three run inside the transaction that settles the command. */
export interface CommandEffects<C extends Command, R> {
  onDone(context: EffectContext, settled: SettledCommand<C>, result: R): Promise<void>;
  onRejected?(context: EffectContext, settled: SettledCommand<C>, failure: Failure): Promise<void>;
  /**
   * It may have been executed. Kinds that can simply be said again have no such effect, and are; a kind that has one is not repeated as it stands:
   * the effect sees to it that somebody looks first.
   */
  onUnknown?(context: EffectContext, settled: SettledCommand<C>, failure: Failure): Promise<void>;
}

/** The effects of one kind. */
export type EffectsOf<K extends CommandKind> = CommandEffects<CommandOf<K>, ResultOf[K]>;

export type EffectsTable = { readonly [K in CommandKind]: EffectsOf<K> };
