/** Jobs of this process that something else in it can wake; in other processes they notice at their next regular look. */
export type JobName = 'dispatch' | 'sync-orders' | 'schedules' | 'report-status' | 'learn-accounts';

/** Carries «there is something to do» from whoever committed it to the job that does it. */
export class Wakeups {
  private readonly listeners = new Map<JobName, () => void>();

  on(job: JobName, listener: () => void): void {
    this.listeners.set(job, listener);
  }

  wake(...jobs: readonly JobName[]): void {
    for (const job of jobs) this.listeners.get(job)?.();
  }
}
