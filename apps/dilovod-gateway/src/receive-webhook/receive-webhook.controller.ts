import { BadRequestException, Controller, Get, HttpCode, HttpStatus, Inject, Param, Post, Query } from '@nestjs/common';
import { type DilovodHint, eventSubjects } from '@kds/contracts';
import { admitWebhook, type GatewayParts, parseJson, storeHint } from '@kds/gateway';
import { readObjectChange } from './read-object-change.js';

export const PARTS = Symbol('gateway parts');

/** Dilovod says that an object changed. Who says so is checked first; what is said is taken as a hint to look. */
@Controller('webhooks/dilovod')
export class ReceiveWebhookController {
  constructor(@Inject(PARTS) private readonly parts: GatewayParts) {}

  @Get(':tenant/:token')
  @HttpCode(HttpStatus.ACCEPTED)
  get(@Param('tenant') tenant: string, @Param('token') token: string, @Query('packet') packet: unknown): Promise<void> {
    return this.receive({ tenant, token, packet });
  }

  @Post(':tenant/:token')
  @HttpCode(HttpStatus.ACCEPTED)
  post(@Param('tenant') tenant: string, @Param('token') token: string, @Query('packet') packet: unknown): Promise<void> {
    return this.receive({ tenant, token, packet });
  }

  private async receive({ tenant, token, packet }: { readonly tenant: string; readonly token: string; readonly packet: unknown }): Promise<void> {
    admitWebhook(this.parts.tenants, { tenant, token, tokenRefOf: ({ spec }) => spec.dilovod.webhookTokenRef });
    const json = parseJson(typeof packet === 'string' ? packet : '');
    if (!json.ok) throw new BadRequestException('the query parameter packet is not JSON');
    const change = readObjectChange(json.value);
    if (change.kind === 'unusable') throw new BadRequestException('the packet names no object');
    if (change.kind === 'something-else') return;
    const { objectName, objectId } = change;
    const hint: DilovodHint = { tenant, objectName, objectId, receivedAt: new Date().toISOString() };
    await storeHint(this.parts, eventSubjects.dilovodHint, hint);
  }
}
