import { Controller, type DynamicModule, Get, Header, HttpCode, HttpException, Inject, Module } from '@nestjs/common';
import type { Registry } from 'prom-client';

/** Whether something that a service cannot work without is there; the name is what the answer of the probe shows. */
export interface ReadinessCheck {
  readonly name: string;
  readonly check: () => Promise<boolean>;
}

const CHECKS = Symbol('readiness checks');
const REGISTRY = Symbol('metrics registry');

@Controller()
class ProbesController {
  constructor(
    @Inject(CHECKS) private readonly checks: readonly ReadinessCheck[],
    @Inject(REGISTRY) private readonly registry: Registry,
  ) {}

  @Get('health/live')
  @HttpCode(200)
  live(): { status: string } {
    return { status: 'live' };
  }

  @Get('health/ready')
  async ready(): Promise<{ status: string; checks: Record<string, boolean> }> {
    const answers = await Promise.all(this.checks.map(async ({ name, check }) => [name, await check().catch(() => false)] as const));
    const checks = Object.fromEntries(answers);
    if (answers.every(([, good]) => good)) return { status: 'ready', checks };
    throw new HttpException({ status: 'not ready', checks }, 503);
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): Promise<string> {
    return this.registry.metrics();
  }
}

/** `GET /health/live`, `GET /health/ready` (503 names what is missing) and `GET /metrics`. */
@Module({})
export class ProbesModule {
  static with({ registry, inject, checks }: { readonly registry: Registry; readonly inject: readonly unknown[]; readonly checks: (...deps: never[]) => readonly ReadinessCheck[] }): DynamicModule {
    return {
      module: ProbesModule,
      controllers: [ProbesController],
      providers: [
        { provide: REGISTRY, useValue: registry },
        { provide: CHECKS, useFactory: checks as (...deps: unknown[]) => readonly ReadinessCheck[], inject: [...inject] as never[] },
      ],
    };
  }
}
