import type { ConsumerInfo } from '@nats-io/jetstream';

/** What tells that a consumer gets on. */
interface Progress extends Pick<ConsumerInfo, 'num_pending' | 'num_ack_pending'> {
  readonly delivered: Pick<ConsumerInfo['delivered'], 'consumer_seq'>;
}

/** So many looks in a row, three seconds apart. */
const looksUntilStalled = 5;

/**
 * Notices a consumer that has stopped: messages wait, nobody has any in hand, and none is delivered from look to look although it is pulled.
 */
export class StallWatch {
  private seen: number | undefined;
  private looks = 0;

  /** True when the consumer has not moved for the last looks. */
  look({ num_pending, num_ack_pending, delivered }: Progress): boolean {
    const waits = num_pending > 0 && num_ack_pending === 0;
    this.looks = !waits ? 0 : this.seen === delivered.consumer_seq ? this.looks + 1 : 1;
    this.seen = delivered.consumer_seq;
    return this.looks >= looksUntilStalled;
  }
}
