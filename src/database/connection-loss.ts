/** SQLSTATE classes and codes (PostgreSQL, appendix A): connection exceptions, no resources, shutdown and recovery. */
const lostStates = /^(08...|53...|57P0[1-5])$/;
const lostCodes = /^(ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
/** Errors without a code: of `pg`, of its pool, and of the socket in `open.ts`. */
const lostMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|The database has stopped answering|Client has encountered a connection error)/;

/**
 * Whether an error says that the database could not be reached or went away: the same may succeed later. A transaction
 * that ended so may have been committed.
 */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = '' } = error as NodeJS.ErrnoException;
  return lostStates.test(code) || lostCodes.test(code) || lostMessages.test(error.message);
}
