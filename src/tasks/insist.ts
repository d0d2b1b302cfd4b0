import { setTimeout as sleep } from 'node:timers/promises';
import { isConnectionLoss } from '../database/connection-loss.ts';

/** Pauses between tries, in ms; the last one repeats. */
const PAUSES = [200, 500, 1_000, 2_000];

/**
 * Does what has to be done in the database, again and again while the database cannot be reached. Because a lost
 * connection does not tell whether the transaction was committed, doing it twice must be the same as doing it once.
 * @param isOver ends the tries: then the last error is thrown
 * @throws whatever else went wrong
 */
export async function insist<Value>(work: () => Promise<Value>, isOver: () => boolean): Promise<Value> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isConnectionLoss(error) || isOver()) throw error;
      await sleep(PAUSES[Math.min(tries, PAUSES.length - 1)]);
    }
  }
}
