/** The factor that changes an amplitude by the given number of decibels: −6.02 dB is one half. */
export function toGain(decibels: number): number {
  return 10 ** (decibels / 20);
}

/** An amplitude in decibels below or above full scale (1); silence gives −240, never −∞. */
export function toDecibels(gain: number): number {
  return 20 * Math.log10(Math.max(gain, 1e-12));
}
