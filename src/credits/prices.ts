import type { Resolution } from '../engines/engine.ts';

/** Credits for five seconds, as Akool publishes them; longer videos cost in proportion. */
const creditsPerFiveSeconds: Record<Resolution, number> = { '720p': 20, '1080p': 25, '4k': 30 };

/** The price of a video in credits; its sound is free when it is made together with the video. */
export function videoPrice(resolution: Resolution, seconds: number): number {
  return creditsPerFiveSeconds[resolution] * Math.ceil(seconds / 5);
}
