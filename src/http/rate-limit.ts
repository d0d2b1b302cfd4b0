/** What a request that was counted may know about its limit. */
export interface RateStanding {
  isAllowed: boolean;
  /** Whole requests that are left at this moment. */
  remaining: number;
  /** Seconds until one more is allowed; 0 while some are left. */
  retryAfterSeconds: number;
}

/** At most so many callers are remembered; the one that was quiet longest is forgotten first. */
const MOST_CALLERS = 10_000;

/**
 * Counts requests by caller as a bucket that holds a minute's worth and fills evenly: bursts are fine, and in the long
 * run nobody has more than the limit.
 * @param perMinute how many requests a minute one caller may send
 * @param now the time in ms
 */
export function createRateLimit(
  perMinute: number,
  now: () => number,
): { take(caller: string): RateStanding } {
  // In the order of their last request.
  const buckets = new Map<string, { level: number; at: number }>();
  const perSecond = perMinute / 60;
  return {
    take(caller) {
      const at = now();
      const known = buckets.get(caller);
      const filled = known ? known.level + ((at - known.at) / 1000) * perSecond : perMinute;
      const level = Math.min(perMinute, filled);
      const isAllowed = level >= 1;
      const left = isAllowed ? level - 1 : level;
      buckets.delete(caller);
      buckets.set(caller, { level: left, at });
      if (buckets.size > MOST_CALLERS) buckets.delete(buckets.keys().next().value!);
      const retryAfterSeconds = left >= 1 ? 0 : Math.ceil((1 - left) / perSecond);
      return { isAllowed, remaining: Math.floor(left), retryAfterSeconds };
    },
  };
}
