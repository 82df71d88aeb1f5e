export { findRunningStack, type RunningStack } from './stack/running-stack.js';
export { SERVICES, type ServiceName } from './stack/services.js';
export { startStack, type ReadyStack, type Stack, type StackOptions } from './stack/start-stack.js';
