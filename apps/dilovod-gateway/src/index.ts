export { startDilovodGateway } from './start-dilovod-gateway.js';
