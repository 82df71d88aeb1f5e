import type { World } from './world/open-world.js';

/** Where the curious can look while everything is up, a line each. */
export function addressesOf({ stack: { ready }, keycrm, dilovod, logFile }: World): readonly string[] {
  const services = [ready.keycrmGateway, ready.dilovodGateway, ready.orchestrator];
  return [
    `health     ${services.map((url) => `${url}/health/ready`).join('  ')}`,
    `metrics    ${services.map((url) => `${url}/metrics`).join('  ')}`,
    `simulators ${keycrm.controlUrl}/accounts  ${dilovod.controlUrl}/bases`,
    `database   ${ready.databaseUrl}   NATS ${ready.natsUrl}`,
    `logs       ${logFile}`,
  ];
}
