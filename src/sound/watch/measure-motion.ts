import { readLuma, type SmallFrame } from './frame.ts';

/** What moves between each frame and the one before; the first frame has nothing before it. */
export interface Motion {
  /** Mean change of brightness that no change of the whole explains, 0–1, one value per frame. */
  energy: Float32Array;
  /** Where it moves, −1 left … 1 right. */
  pan: Float32Array;
  /** Change of the whole frame's mean brightness, −1 … 1. */
  brightness: Float32Array;
  /** How unlike the two frames' brightness histograms are, 0–1: 1 is another picture. */
  difference: Float32Array;
}

const BINS = 16;

/** Measures the motion of a video from small frames of equal size. */
export function measureMotion(frames: readonly SmallFrame[]): Motion {
  const count = frames.length;
  const motion: Motion = {
    energy: new Float32Array(count),
    pan: new Float32Array(count),
    brightness: new Float32Array(count),
    difference: new Float32Array(count),
  };
  let before: Float32Array | undefined;
  for (const [place, frame] of frames.entries()) {
    const luma = readLuma(frame);
    if (before !== undefined) compare(motion, place, frame.width, before, luma);
    before = luma;
  }
  return motion;
}

function compare(
  motion: Motion,
  place: number,
  width: number,
  before: Float32Array,
  now: Float32Array,
): void {
  const pixels = now.length;
  let shift = 0;
  for (let pixel = 0; pixel < pixels; pixel++) shift += (now[pixel]! - before[pixel]!) / pixels;
  let sum = 0;
  let right = 0;
  const histogram = new Float32Array(BINS);
  for (let pixel = 0; pixel < pixels; pixel++) {
    // A lamp that is switched on moves nothing: the change of the mean is taken off; noise of the sensor too.
    const change = Math.max(0, Math.abs(now[pixel]! - before[pixel]! - shift) - 1.5);
    sum += change;
    right += change * (((pixel % width) + 0.5) / width);
    histogram[Math.min(BINS - 1, Math.floor((now[pixel]! / 256) * BINS))]! += 1 / pixels;
    histogram[Math.min(BINS - 1, Math.floor((before[pixel]! / 256) * BINS))]! -= 1 / pixels;
  }
  motion.energy[place] = sum / pixels / 255;
  motion.pan[place] = sum > 0 ? Math.max(-1, Math.min(1, (right / sum) * 2 - 1)) : 0;
  motion.brightness[place] = shift / 255;
  motion.difference[place] = histogram.reduce((total, value) => total + Math.abs(value), 0) / 2;
}
