import type { Resolution } from '../engines/engine.ts';

/** Credits for five seconds of video at each resolution. */
export type PriceList = Record<Resolution, number>;

/** As Akool publishes them. */
export const standardPrices: PriceList = { '720p': 20, '1080p': 25, '4k': 30 };

/** The price of a video in credits, in proportion to its length; sound that is made with it is free. */
export function videoPrice(
  resolution: Resolution,
  seconds: number,
  prices: PriceList = standardPrices,
): number {
  return prices[resolution] * Math.ceil(seconds / 5);
}

/** How many seconds have begun at the end of so many. A millisecond beyond a whole second is rounding, not time. */
export function startedSeconds(seconds: number): number {
  return Math.max(1, Math.ceil(seconds - 0.001));
}

/** The price of new sound for a finished video in credits: 5 for five seconds, 10 for ten, as Akool publishes it. */
export function soundPrice(seconds: number): number {
  return 5 * Math.ceil(seconds / 5);
}
