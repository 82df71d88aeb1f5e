import { type GatewayConfig, readGatewayConfig } from '@kds/gateway';

/** The service's environment, checked. Nothing else of the service looks at it. Throws a `SettingsError` that names every mistake. */
export function readConfig(): GatewayConfig {
  return readGatewayConfig(process.env);
}
