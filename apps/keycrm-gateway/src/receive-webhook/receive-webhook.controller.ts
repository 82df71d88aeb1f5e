import { BadRequestException, Body, Controller, HttpCode, HttpStatus, Inject, Param, Post } from '@nestjs/common';
import { eventSubjects, type OrderHint } from '@kds/contracts';
import { admitWebhook, type GatewayParts, parseJson, storeHint } from '@kds/gateway';
import { readOrderEvent } from './read-order-event.js';

export const PARTS = Symbol('gateway parts');

/** KeyCRM says that something changed. Who says so is checked first; of what is said only the order's number is taken, as a hint to look. */
@Controller('webhooks/keycrm')
export class ReceiveWebhookController {
  constructor(@Inject(PARTS) private readonly parts: GatewayParts) {}

  @Post(':tenant/:token')
  @HttpCode(HttpStatus.ACCEPTED)
  async receive(@Param('tenant') tenant: string, @Param('token') token: string, @Body() body: Buffer | undefined): Promise<void> {
    admitWebhook(this.parts.tenants, { tenant, token, tokenRefOf: ({ spec }) => spec.keycrm.webhookTokenRef });
    const json = parseJson(body?.toString('utf8') ?? '');
    if (!json.ok) throw new BadRequestException('the body is not JSON');
    const event = readOrderEvent(json.value);
    if (event.kind === 'unusable') throw new BadRequestException('the body names no order in context.id');
    if (event.kind === 'something-else') return;
    const hint: OrderHint = { tenant, orderId: event.orderId, receivedAt: new Date().toISOString() };
    await storeHint(this.parts, eventSubjects.orderHint, hint);
  }
}
