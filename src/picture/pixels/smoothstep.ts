/** The value held between 0 and 1. Not a number becomes 0. */
export function clamp01(value: number): number {
  return value > 0 ? Math.min(value, 1) : 0;
}

/**
 * 0 below `low`, 1 above `high`, and a cubic with flat ends between (3t² − 2t³). With `low` above `high` it falls
 * instead of rising.
 */
export function smoothstep(low: number, high: number, value: number): number {
  const t = clamp01((value - low) / (high - low));
  return t * t * (3 - 2 * t);
}
