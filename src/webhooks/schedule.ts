import type { Random } from '../random.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds that pass before each attempt: ten in about 75 hours, as Standard Webhooks recommends. */
const pauses = [
  0,
  5,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/** So many attempts are made. */
export const MOST_ATTEMPTS = pauses.length;

/** Pauses vary by this part, so that what failed together does not come back together. */
const JITTER = 0.1;
/** A receiver may not ask for a longer pause than this, in seconds. */
const LONGEST_PAUSE = 24 * HOUR;

/**
 * Seconds until the next attempt after so many; undefined when that was the last.
 * @param retryAfter what the receiver's `Retry-After` asked for, in seconds: the pause is never shorter
 */
export function nextPause(attempts: number, random: Random, retryAfter = 0): number | undefined {
  const pause = pauses[attempts];
  if (pause === undefined) return undefined;
  const varied = pause * (1 + JITTER * (2 * random() - 1));
  return Math.max(varied, Math.min(retryAfter, LONGEST_PAUSE));
}
