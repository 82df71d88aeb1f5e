export { Bus, type ConsumerState, joinParts, NotStoredError } from './bus.js';
export { TopologyError, type TopologyListener } from './declare-topology.js';
export { JetStreamContext, JetStreamServer, type JetStreamServerOptions, UnusableMessageError } from './jetstream-server.js';
export { parseMessage } from './parse-message.js';
export { RethrowFilter } from './rethrow-filter.js';
