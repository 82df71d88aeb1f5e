import 'reflect-metadata';
import { IsBoolean, IsIn, IsInt, IsISO8601, IsNotEmptyObject, IsObject, IsOptional, IsString, Matches, Min, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import type { Command, System } from './commands.js';

/** A command on its way to a gateway. `attempt` is the ledger's number for this one try and the message's id on the bus. */
export class CommandMessage {
  @Matches(/^\d+$/) readonly commandId!: string;
  @Matches(/^\d+$/) readonly attempt!: string;
  @IsString() readonly tenant!: string;
  @IsIn(['keycrm', 'dilovod']) readonly system!: System;
  @IsString() readonly pool!: string;
  /** After this moment no gateway starts it any more. */
  @IsISO8601() readonly startBefore!: string;
  @IsInt() @Min(1) readonly workingTimeMs!: number;
  /** The account whose turn it is; a gateway that would use another leaves the command alone. */
  @IsOptional() @IsString() readonly account?: string;
  @IsNotEmptyObject({ nullable: false }) readonly command!: Command;
}

/** The members by which every log record about work on a command is found again. */
export function correlationOf({ tenant, commandId, attempt, command }: Pick<CommandMessage, 'tenant' | 'commandId' | 'attempt' | 'command'>) {
  return { tenant, commandId, attempt, kind: command.kind, ...('orderId' in command ? { order: command.orderId } : {}) };
}

export class OutcomeFailure {
  @IsString() readonly code!: string;
  @IsString() readonly message!: string;
  @IsOptional() readonly detail?: unknown;
}

/** One call of an API, for the story of an order and for the budget. */
export class ApiCallRecord {
  @IsString() readonly operation!: string;
  @IsInt() readonly latencyMs!: number;
  @IsString() readonly result!: string;
}

/**
 * How one try of a command ended: `done`; `rejected` (told no, never retried); `failed` (nothing executed, try again); `unknown` (it may have been
 * executed); `expired` (no gateway started it).
 */
export class OutcomeMessage {
  @Matches(/^\d+$/) readonly commandId!: string;
  @Matches(/^\d+$/) readonly attempt!: string;
  @IsString() readonly tenant!: string;
  @IsIn(['keycrm', 'dilovod']) readonly system!: System;
  @IsIn(['done', 'rejected', 'failed', 'unknown', 'expired']) readonly outcome!: 'done' | 'rejected' | 'failed' | 'unknown' | 'expired';
  /** Whether a request may have reached the API. */
  @IsBoolean() readonly called!: boolean;
  @ValidateNested({ each: true }) @Type(() => ApiCallRecord) readonly calls!: readonly ApiCallRecord[];
  @IsOptional() readonly result?: unknown;
  @IsOptional() @IsObject() @ValidateNested() @Type(() => OutcomeFailure) readonly failure?: OutcomeFailure;
  @IsOptional() @IsInt() @Min(0) readonly retryAfterMs?: number;
}

/** Asked of every gateway when the bus may have lost commands or outcomes: who has these attempts in hand? */
export class InHandQuestion {
  @Matches(/^\d+$/, { each: true }) readonly attempts!: readonly string[];
}

/** Those of them that this gateway is at work on. */
export class InHandAnswer {
  @Matches(/^\d+$/, { each: true }) readonly attempts!: readonly string[];
}

/** A piece of a message that is larger than the bus carries at once. */
export class MessagePart {
  @IsString() readonly whole!: string;
  @IsInt() @Min(1) readonly part!: number;
  @IsInt() @Min(1) readonly parts!: number;
  @IsString() readonly text!: string;
}

/**
 * A gateway says which account a tenant's key belongs to, when it begins to follow the tenant and whenever key or address change. Never the
 * key itself: nobody but the gateways sees keys.
 */
export class KeyChange {
  @IsString() readonly tenant!: string;
  @IsIn(['keycrm', 'dilovod']) readonly system!: System;
  /** Base URL and place of the key, as the gateway's manifest names them: said of another address it means nothing. */
  @IsString() readonly address: string = '';
  /** The same for two tenants with the same base and key; null: there is no key. */
  @IsOptional() @IsString() readonly account!: string | null;
}

/** Asked of every gateway of a system: which accounts are these tenants'? */
export class AccountsQuestion {
  @IsString({ each: true }) readonly tenants!: readonly string[];
}

/** Of those of them that this gateway serves. */
export class AccountsAnswer {
  @ValidateNested({ each: true }) @Type(() => KeyChange) readonly accounts!: readonly KeyChange[];
}

/** Somebody says that an order changed; nothing but the number is believed. */
export class OrderHint {
  @IsString() readonly tenant!: string;
  @IsInt() @Min(1) readonly orderId!: number;
  @IsISO8601() readonly receivedAt!: string;
}

/** Somebody says that an object of a Dilovod base changed. */
export class DilovodHint {
  @IsString() readonly tenant!: string;
  @IsString() readonly objectName!: string;
  @Matches(/^\d{1,20}$/) readonly objectId!: string;
  @IsISO8601() readonly receivedAt!: string;
}
