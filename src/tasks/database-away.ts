import { isConnectionLoss } from '../database/connection-loss.ts';
import { StillroarError } from '../errors.ts';

/** A restart of a PostgreSQL takes about so many seconds. */
const RETRY_SECONDS = 5;

/** What to say when the database cannot be reached, which may be the cause of another error; undefined for any other. */
export function explainDatabaseAway(error: unknown): StillroarError | undefined {
  if (!(error instanceof Error)) return undefined;
  if (!isConnectionLoss(error)) return explainDatabaseAway(error.cause);
  return new StillroarError(
    'database-unavailable',
    'The server’s database does not answer at the moment. Try again in a few seconds.',
    { cause: error, retryAfterSeconds: RETRY_SECONDS },
  );
}
