/** Nearness of land at the horizon: almost none, so that no step shears what stands on the line. */
const AT_HORIZON = 0.04;
/** Where the horizon of a picture without sky is assumed, in heights above its upper edge. */
const HIDDEN_HORIZON = -0.35;
/** The ramp reaches 1 after at least this share of the height: a steeper one bends whatever stands on it. */
const SHORTEST_RAMP = 0.6;

/**
 * The nearness (0–1) of a flat ground in each row of the picture. A plane's nearness grows in proportion to the
 * rows below the horizon: Hoiem, Efros and Hebert, "Putting objects in perspective", 2008, equation 1.
 * Without a horizon (null) the ramp is flatter and lies around the middle: a wall or a table, not a floor.
 * `standing` (0–1) says how surely something stands before it, which flattens it further.
 */
export function groundRows(height: number, horizonRow: number | null, standing: number): Float32Array {
  const rows = new Float32Array(height);
  const start = horizonRow ?? HIDDEN_HORIZON * height;
  const offset = horizonRow === null ? 0 : AT_HORIZON;
  const length = Math.max(SHORTEST_RAMP * height, height - start);
  for (let y = 0; y < height; y++) {
    const ramp = Math.min(1, offset + (1 - offset) * Math.max(0, (y - start) / length));
    rows[y] = horizonRow === null ? 0.45 + (ramp - 0.63) * (0.9 - 0.3 * standing) : ramp;
  }
  return rows;
}
