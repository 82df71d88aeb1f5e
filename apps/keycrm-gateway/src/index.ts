export { startKeycrmGateway } from './start-keycrm-gateway.js';
