import { InHandAnswer, InHandQuestion, inHandSubject, type System } from '@kds/contracts';
import { type Bus, parseMessage } from '@kds/messaging';

/** The attempts that this gateway is at work on: from the moment it takes one until the bus has stored its outcome. */
export class InHand {
  private readonly attempts = new Set<string>();

  async hold<T>(attempt: string, work: () => Promise<T>): Promise<T> {
    this.attempts.add(attempt);
    try {
      return await work();
    } finally {
      this.attempts.delete(attempt);
    }
  }

  /** Answers the orchestrator's question, which it asks when the bus may have lost a command or an outcome. */
  answerOn(bus: Pick<Bus, 'answer'>, system: System): void {
    bus.answer(inHandSubject(system), (raw): InHandAnswer | undefined => {
      const question = parseMessage(InHandQuestion, raw);
      return question.ok ? { attempts: question.value.attempts.filter((attempt) => this.attempts.has(attempt)) } : undefined;
    });
  }
}
