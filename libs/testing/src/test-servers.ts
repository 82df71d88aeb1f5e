/** A real Postgres and a real NATS with JetStream for one test suite, with nothing in them. */
export interface TestServers {
  /** A superuser's address; suites work in a {@link freshDatabase} of their own. */
  readonly databaseUrl: string;
  readonly natsUrl: string;
  readonly natsServer: NatsServerControl;
  /** Ends both servers and throws their data away. */
  stop(): Promise<void>;
}

/** What a test may do to the bus under a running system. The address stays the same throughout. */
export interface NatsServerControl {
  stop(): Promise<void>;
  /** Stops the server if it runs, and starts it with what its streams held. */
  restart(): Promise<void>;
  /** Like `restart`, with every stream, consumer and message lost. */
  wipe(): Promise<void>;
}
