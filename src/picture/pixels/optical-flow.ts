import { boxMean } from './box.ts';
import { type Plane, planeAt } from './plane.ts';
import { resizeBilinear } from './resize.ts';

/** Where each point of one picture is in another, in fractions of width and height. */
export interface OpticalFlow {
  x: Plane;
  y: Plane;
}

/** Levels of the pyramid, each half as wide; rounds of warping at each, and steps of the solver in a round. */
const LEVELS = 5;
const ROUNDS = 4;
const STEPS = 40;
/** How smooth the flow has to be, against differences of lightness of 0–1. */
const SMOOTHNESS = 0.012;

/**
 * The flow from one picture to another: Horn and Schunck, "Determining optical flow", 1981, from coarse to fine with the
 * second picture warped by what is known (Sun, Roth and Black, "Secrets of optical flow estimation", 2010).
 * Both planes have one size, about 192 pixels wide, and values 0–1.
 */
export function opticalFlow(from: Plane, to: Plane): OpticalFlow {
  const pyramid = [{ from, to }];
  for (
    let level = 1;
    level < LEVELS && Math.min(pyramid.at(-1)!.from.width, pyramid.at(-1)!.from.height) > 24;
    level++
  ) {
    const finer = pyramid.at(-1)!;
    pyramid.push({ from: halve(finer.from), to: halve(finer.to) });
  }
  const coarsest = pyramid.at(-1)!.from;
  let flow: OpticalFlow = { x: blank(coarsest), y: blank(coarsest) };
  for (const level of pyramid.reverse()) {
    flow = { x: resized(flow.x, level.from), y: resized(flow.y, level.from) };
    for (let round = 0; round < ROUNDS; round++) improve(flow, level.from, level.to);
  }
  return flow;
}

/**
 * How well two flows agree, as the share of points that stay inside and come back to where they were within 1 % of the width and find
 * the same lightness within 0.12.
 */
export function agreement(there: OpticalFlow, back: OpticalFlow, from: Plane, to: Plane): number {
  const { width, height, values } = from;
  let agreed = 0;
  let inside = 0;
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      const x = (column + 0.5) / width + there.x.values[pixel]!;
      const y = (row + 0.5) / height + there.y.values[pixel]!;
      if (x < 0 || x > 1 || y < 0 || y > 1) continue;
      inside++;
      const returnX = there.x.values[pixel]! + planeAt(back.x, x, y);
      const returnY = there.y.values[pixel]! + planeAt(back.y, x, y);
      const isLike = Math.abs(planeAt(to, x, y) - values[pixel]!) < 0.12;
      if (Math.hypot(returnX, returnY) < 0.01 && isLike) agreed++;
    }
  }
  return inside < 0.4 * width * height ? 0 : agreed / inside;
}

const blank = ({ width, height }: Plane): Plane => ({
  width,
  height,
  values: new Float32Array(width * height),
});

function resized({ width, height, values }: Plane, like: Plane): Plane {
  if (width === like.width && height === like.height) return { width, height, values };
  return {
    width: like.width,
    height: like.height,
    values: resizeBilinear(values, width, height, like.width, like.height),
  };
}

function halve(plane: Plane): Plane {
  const { width, height } = plane;
  const soft = { width, height, values: boxMean(plane.values, width, height, 1) };
  return resized(soft, { width: Math.ceil(width / 2), height: Math.ceil(height / 2), values: soft.values });
}

/** One round: linearises around the flow so far and adds what is missing, in place. */
function improve({ x, y }: OpticalFlow, from: Plane, to: Plane): void {
  const { width, height } = from;
  const count = width * height;
  const slopeX = new Float32Array(count);
  const slopeY = new Float32Array(count);
  const rest = new Float32Array(count);
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      const atX = (column + 0.5) / width + x.values[pixel]!;
      const atY = (row + 0.5) / height + y.values[pixel]!;
      const half = 0.5;
      slopeX[pixel] = planeAt(to, atX + half / width, atY) - planeAt(to, atX - half / width, atY);
      slopeY[pixel] = planeAt(to, atX, atY + half / height) - planeAt(to, atX, atY - half / height);
      // What the difference would be without the flow so far, in pixels of this level.
      rest[pixel] =
        planeAt(to, atX, atY) -
        from.values[pixel]! -
        slopeX[pixel]! * x.values[pixel]! * width -
        slopeY[pixel]! * y.values[pixel]! * height;
    }
  }
  const acrossX = x.values.map((value) => value * width);
  const acrossY = y.values.map((value) => value * height);
  const smoothness = SMOOTHNESS ** 2;
  for (let step = 0; step < STEPS; step++) {
    for (let row = 0, pixel = 0; row < height; row++) {
      for (let column = 0; column < width; column++, pixel++) {
        const left = column > 0 ? pixel - 1 : pixel;
        const right = column < width - 1 ? pixel + 1 : pixel;
        const above = row > 0 ? pixel - width : pixel;
        const below = row < height - 1 ? pixel + width : pixel;
        const meanX = (acrossX[left]! + acrossX[right]! + acrossX[above]! + acrossX[below]!) / 4;
        const meanY = (acrossY[left]! + acrossY[right]! + acrossY[above]! + acrossY[below]!) / 4;
        const gx = slopeX[pixel]!;
        const gy = slopeY[pixel]!;
        const error = (gx * meanX + gy * meanY + rest[pixel]!) / (smoothness + gx * gx + gy * gy);
        acrossX[pixel] = meanX - gx * error;
        acrossY[pixel] = meanY - gy * error;
      }
    }
  }
  for (let pixel = 0; pixel < count; pixel++) {
    x.values[pixel] = acrossX[pixel]! / width;
    y.values[pixel] = acrossY[pixel]! / height;
  }
}
