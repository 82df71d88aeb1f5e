import type { Plant } from './planted-text.js';

const rule = '@nx/enforce-module-boundaries';
const onlyTags = `${rule} (onlyTagsConstraintViolation)`;
const noTags = `${rule} (emptyOnlyTagsConstraintViolation)`;
const otherVendor = `${rule} (notTagsConstraintViolation)`;
const outside = `${rule} (bannedExternalImportsViolation)`;

function importing(name: string): string {
  return `import '${name}';`;
}

/** Who may import whom: at least one violation of every entry of `boundaries`. */
export const boundaryPlants: readonly Plant[] = [
  { what: 'the kernel on the domain', tag: 'type:kernel', file: 'libs/kernel/src/planted.ts', bad: importing('@kds/sync-domain'), good: importing('big.js'), caughtBy: noTags },
  { what: 'the kernel on a driver', tag: 'type:kernel', file: 'libs/kernel/src/planted.ts', bad: importing('pg'), good: importing('big.js'), caughtBy: outside },
  { what: 'the domain on messages', tag: 'type:domain', file: 'libs/sync-domain/src/planted.ts', bad: importing('@kds/contracts'), good: importing('@kds/kernel'), caughtBy: onlyTags },
  { what: 'the domain on a framework', tag: 'type:domain', file: 'libs/sync-domain/src/planted.ts', bad: importing('rxjs'), good: importing('libphonenumber-js/max'), caughtBy: outside },
  { what: 'messages on the bus that carries them', tag: 'type:contracts', file: 'libs/contracts/src/planted.ts', bad: importing('@kds/messaging'), good: importing('@kds/sync-domain'), caughtBy: onlyTags },
  { what: "a vendor's client on Nest", tag: 'type:client', file: 'libs/keycrm-client/src/planted.ts', bad: importing('@nestjs/common'), good: importing('undici'), caughtBy: outside },
  { what: "a vendor's client on the domain", tag: 'type:client', file: 'libs/dilovod-client/src/planted.ts', bad: importing('@kds/sync-domain'), good: importing('@kds/kernel'), caughtBy: onlyTags },
  { what: 'the platform on a vendor', tag: 'type:platform', file: 'libs/gateway/src/planted.ts', bad: importing('@kds/keycrm-client'), good: importing('@kds/contracts'), caughtBy: onlyTags },
  { what: 'test servers on a service', tag: 'type:testing', file: 'libs/testing/src/planted.ts', bad: importing('@kds/sync-orchestrator'), good: importing('@kds/embedded'), caughtBy: onlyTags },
  { what: 'a service on a simulator', tag: 'type:app', file: 'apps/sync-orchestrator/src/planted.ts', bad: importing('@kds/keycrm-simulator'), good: importing('@kds/messaging'), caughtBy: onlyTags },
  { what: 'a service on another service', tag: 'type:app', file: 'apps/sync-orchestrator/src/planted.ts', bad: importing('@kds/dilovod-gateway'), good: importing('@kds/tenancy'), caughtBy: onlyTags },
  { what: 'a simulator on what it is to test', tag: 'type:simulator', file: 'tools/simulators/keycrm/src/planted.ts', bad: importing('@kds/keycrm-client'), good: importing('@kds/simulator-kit'), caughtBy: onlyTags },
  { what: 'the simulated shop on a client', tag: 'type:shop', file: 'tools/simulators/shop/src/planted.ts', bad: importing('@kds/dilovod-client'), good: importing('@kds/dilovod-simulator'), caughtBy: onlyTags },
  { what: 'KeyCRM code on Dilovod code', tag: 'vendor:keycrm', file: 'apps/keycrm-gateway/src/planted.ts', bad: importing('@kds/dilovod-client'), good: importing('@kds/keycrm-client'), caughtBy: otherVendor },
  { what: 'Dilovod code on KeyCRM code', tag: 'vendor:dilovod', file: 'apps/dilovod-gateway/src/planted.ts', bad: importing('@kds/keycrm-client'), good: importing('@kds/dilovod-client'), caughtBy: otherVendor },
  { what: "a spec on the other vendor's simulator", tag: 'vendor:keycrm', file: 'libs/keycrm-client/src/planted.spec.ts', bad: importing('@kds/dilovod-simulator'), good: importing('@kds/keycrm-simulator'), caughtBy: otherVendor },
  { what: "a service's spec on a service", tag: 'type:app', file: 'apps/sync-orchestrator/src/planted.spec.ts', bad: importing('@kds/keycrm-gateway'), good: importing('@kds/keycrm-simulator'), caughtBy: onlyTags },
];
