import { saliency } from '../depth/saliency.ts';
import type { Scene } from '../scene.ts';
import { mix } from './kit/easing.ts';

/** Where the subject of a picture is. Plain data. */
export interface Place {
  /** Its middle, in fractions of the picture's width and height. */
  x: number;
  y: number;
  /** Half its extent across and down, in short sides. */
  halfWidth: number;
  halfHeight: number;
  /** Whether something stands out there; without it the place is the frame's centre of interest. */
  isFound: boolean;
}

/** How far up counts, as a share of how far down: see {@link heightFrom}. */
const UPWARDS = 0.6;

/**
 * How far below a place something lies (negative: above), for what spares the subject: above what stands out, clothes as a
 * rule, is a face, and it has to be spared too.
 */
export function heightFrom(placeY: number, y: number): number {
  return (y - placeY) * (y < placeY ? UPWARDS : 1);
}

/** What stands out beside a thing that was found counts so much. */
const OUTSIDE = 0.3;
/** Rounds of moving the window to the middle of what it holds. */
const ROUNDS = 8;
/** Share of all that stands out which a window must hold where no thing was found; a wood or a range of hills gives 0.6. */
const LEAST_SHARE = 0.75;

/**
 * Finds the place of the subject: where most of what stands out gathers. Mean shift over saliency², which begins at the
 * heaviest spot, and the spread around it.
 */
export function findPlace({ view, depth }: Pick<Scene, 'view' | 'depth'>): Place {
  const { width, height } = view;
  const short = Math.min(width, height);
  const { subject } = depth;
  const weights = saliency(view).map(
    (value, pixel) => value * value * (subject ? mix(OUTSIDE, 1, subject[pixel]!) : 1),
  );
  const radius = 0.3 * short;
  let { x, y } = heaviest(weights, width, height, radius);
  for (let round = 0; round < ROUNDS; round++) {
    const here = gather(weights, width, height, x, y, radius);
    if (here.mass <= 0) break;
    x = here.x;
    y = here.y;
  }
  const around = gather(weights, width, height, x, y, 1.25 * radius);
  const mass = weights.reduce((sum, weight) => sum + weight, 0);
  const share = around.mass / Math.max(1e-9, mass);
  const hold = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));
  return {
    x: hold(x / width, 0.2, 0.8),
    y: hold(y / height, 0.2, 0.8),
    halfWidth: hold((1.9 * around.spreadX) / short, 0.17, 0.34),
    halfHeight: hold((1.9 * around.spreadY) / short, 0.17, 0.34),
    isFound: mass > 0.004 * width * height && (subject !== null || share > LEAST_SHARE),
  };
}

/** The middle of the window, on a coarse grid, that holds most. */
function heaviest(weights: Float32Array, width: number, height: number, radius: number) {
  let best = { x: width / 2, y: height / 2, mass: 0 };
  for (let y = 0.2 * height; y < 0.81 * height; y += 0.1 * height) {
    for (let x = 0.2 * width; x < 0.81 * width; x += 0.1 * width) {
      const { mass } = gather(weights, width, height, x, y, radius);
      if (mass > best.mass * 1.001) best = { x, y, mass };
    }
  }
  return best;
}

/** What a round window holds: its weight, where that lies, and how far it is spread. */
function gather(
  weights: Float32Array,
  width: number,
  height: number,
  centreX: number,
  centreY: number,
  radius: number,
) {
  let mass = 0;
  let sumX = 0;
  let sumY = 0;
  let squareX = 0;
  let squareY = 0;
  const top = Math.max(0, Math.ceil(centreY - radius));
  const bottom = Math.min(height - 1, Math.floor(centreY + radius));
  for (let row = top; row <= bottom; row++) {
    const reach = Math.sqrt(radius * radius - (row - centreY) ** 2);
    const left = Math.max(0, Math.ceil(centreX - reach));
    const right = Math.min(width - 1, Math.floor(centreX + reach));
    for (let column = left; column <= right; column++) {
      const weight = weights[row * width + column]!;
      const x = column + 0.5;
      const y = row + 0.5;
      mass += weight;
      sumX += weight * x;
      sumY += weight * y;
      squareX += weight * x * x;
      squareY += weight * y * y;
    }
  }
  const x = sumX / Math.max(1e-9, mass);
  const y = sumY / Math.max(1e-9, mass);
  const spread = (square: number, mean: number) =>
    Math.sqrt(Math.max(0, square / Math.max(1e-9, mass) - mean * mean));
  return { mass, x, y, spreadX: spread(squareX, x), spreadY: spread(squareY, y) };
}
