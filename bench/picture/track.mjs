// How a film moves: points on a grid followed from sample to sample, by least squares on the brightness gradient,
// coarse to fine (Lucas & Kanade, 1981; Bouguet, 2001).

/** Half the side of a patch in pixels. */
const RADIUS = 4;
const LEVELS = 4;
/** A patch whose weaker gradient is below this says nothing about its motion. */
const LEAST_TEXTURE = 3;

/** Brightness at a quarter of the size each way, or as often as given: means of 2 × 2 pixels. */
export function halve({ width, height, luma }) {
  const small = { width: width >> 1, height: height >> 1 };
  const out = new Float32Array(small.width * small.height);
  for (let y = 0; y < small.height; y++) {
    for (let x = 0; x < small.width; x++) {
      const at = 2 * y * width + 2 * x;
      out[y * small.width + x] = (luma[at] + luma[at + 1] + luma[at + width] + luma[at + width + 1]) / 4;
    }
  }
  return { ...small, luma: out };
}

function pyramid(image) {
  const levels = [image];
  while (levels.length < LEVELS) levels.push(halve(levels.at(-1)));
  return levels;
}

function bilinear({ width, height, luma }, x, y) {
  const left = Math.min(width - 2, Math.max(0, Math.floor(x)));
  const top = Math.min(height - 2, Math.max(0, Math.floor(y)));
  const across = Math.min(1, Math.max(0, x - left));
  const down = Math.min(1, Math.max(0, y - top));
  const at = top * width + left;
  const upper = luma[at] + across * (luma[at + 1] - luma[at]);
  const lower = luma[at + width] + across * (luma[at + width + 1] - luma[at + width]);
  return upper + down * (lower - upper);
}

/** Motion of a patch at one level, beginning with a guess; undefined where there is too little to see. */
function refine(before, after, x, y, guess) {
  let { x: motionX, y: motionY } = guess;
  for (let iteration = 0; iteration < 6; iteration++) {
    let [xx, xy, yy, xt, yt] = [0, 0, 0, 0, 0];
    for (let dy = -RADIUS; dy <= RADIUS; dy++) {
      for (let dx = -RADIUS; dx <= RADIUS; dx++) {
        const [px, py] = [x + dx, y + dy];
        const gx = (bilinear(before, px + 1, py) - bilinear(before, px - 1, py)) / 2;
        const gy = (bilinear(before, px, py + 1) - bilinear(before, px, py - 1)) / 2;
        const difference = bilinear(after, px + motionX, py + motionY) - bilinear(before, px, py);
        xx += gx * gx;
        xy += gx * gy;
        yy += gy * gy;
        xt += gx * difference;
        yt += gy * difference;
      }
    }
    const trace = xx + yy;
    const determinant = xx * yy - xy * xy;
    const weaker = trace / 2 - Math.sqrt(Math.max(0, (trace * trace) / 4 - determinant));
    if (weaker / (2 * RADIUS + 1) ** 2 < LEAST_TEXTURE) return undefined;
    const stepX = (xy * yt - yy * xt) / determinant;
    const stepY = (xy * xt - xx * yt) / determinant;
    motionX += stepX;
    motionY += stepY;
    if (Math.hypot(stepX, stepY) < 0.02) break;
  }
  return { x: motionX, y: motionY };
}

/**
 * Motion of the points of a grid between two pictures, each `{width, height, luma}`: a list of `{x, y}` (where, in
 * fractions) with `dx`, `dy` in fractions of the width. Points that cannot be followed are left out.
 */
export function gridMotion(first, second, columns = 24, rows = 16) {
  const before = pyramid(first);
  const after = pyramid(second);
  const found = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [x, y] = [(column + 0.5) / columns, (row + 0.5) / rows];
      let motion = { x: 0, y: 0 };
      for (let level = LEVELS - 1; level >= 0; level--) {
        const { width, height } = before[level];
        const start = level === LEVELS - 1 ? motion : { x: 2 * motion.x, y: 2 * motion.y };
        const better = refine(before[level], after[level], x * width, y * height, start);
        motion = better ?? start;
        if (level === 0 && !better) motion = undefined;
      }
      if (motion) found.push({ x, y, dx: motion.x / first.width, dy: motion.y / first.width });
    }
  }
  return found;
}
