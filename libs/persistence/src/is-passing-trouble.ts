/**
 * SQLSTATE classes of what is nobody's fault: connection, deadlock and serialization, resources, somebody shut the
 * server down or cancelled.
 */
const passingStates = /^(?:08|40|53|57)[0-9A-Z]{3}$/;
const lostConnection =
  /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/** Whether a failed query says something of the database at this moment, and nothing of what was asked. */
export function isPassingTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, driverError } = error as { code?: unknown; driverError?: unknown };
  if (typeof code === 'string' && (passingStates.test(code) || /^E[A-Z]{3,}$/.test(code))) return true;
  return lostConnection.test(error.message) || isPassingTrouble(driverError);
}
