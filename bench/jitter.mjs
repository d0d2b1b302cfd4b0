// How evenly a slow zoom moves: the motion of two patches from frame to frame, against the motion that the camera's
// path prescribes. Measured on the finished, encoded file.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { animate } from '../dist/index.js';
import { decodeVideo } from '../dist/media/decode-video.js';
import { cameraPath } from '../dist/picture/render/camera.js';

/** Half the side of a patch in pixels. */
const RADIUS = 100;
/** Of a clip of 5 s. */
const FRAMES = 120;

/** Brightness between pixels, by bicubic interpolation (Keys, 1981): sharp enough not to bias the estimate. */
function sample(luma, width, x, y) {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const weights = (t) => [
    ((-0.5 * t + 1) * t - 0.5) * t,
    (1.5 * t - 2.5) * t * t + 1,
    ((-1.5 * t + 2) * t + 0.5) * t,
    (0.5 * t - 0.5) * t * t,
  ];
  const across = weights(x - left);
  const down = weights(y - top);
  let sum = 0;
  for (let row = 0; row < 4; row++) {
    const at = (top + row - 1) * width + left - 1;
    sum +=
      down[row] *
      (across[0] * luma[at] + across[1] * luma[at + 1] + across[2] * luma[at + 2] + across[3] * luma[at + 3]);
  }
  return sum;
}

/**
 * Motion of the middle of a patch between two frames in pixels: least squares on the brightness gradient, repeated
 * at the place it found (Lucas & Kanade, 1981), starting from the expected growth of the patch.
 */
function patchMotion(before, after, width, centreX, centreY, growth, expected) {
  let { x: motionX, y: motionY } = expected;
  for (let iteration = 0; iteration < 4; iteration++) {
    let xx = 0;
    let xy = 0;
    let yy = 0;
    let xt = 0;
    let yt = 0;
    for (let dy = -RADIUS; dy < RADIUS; dy += 2) {
      for (let dx = -RADIUS; dx < RADIUS; dx += 2) {
        const at = (centreY + dy) * width + centreX + dx;
        const gx = (before[at + 1] - before[at - 1]) / 2;
        const gy = (before[at + width] - before[at - width]) / 2;
        const seen = sample(
          after,
          width,
          centreX + dx * (1 + growth) + motionX,
          centreY + dy * (1 + growth) + motionY,
        );
        const dt = seen - before[at];
        xx += gx * gx;
        xy += gx * gy;
        yy += gy * gy;
        xt += gx * dt;
        yt += gy * dt;
      }
    }
    const determinant = xx * yy - xy * xy;
    motionX -= (yy * xt - xy * yt) / determinant;
    motionY -= (xx * yt - xy * xt) / determinant;
  }
  return { x: motionX, y: motionY };
}

const deviation = (values) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
};

/** The middles of the patches, as parts of width and height. */
const PATCHES = [
  [0.66, 0.6],
  [0.28, 0.7],
];

/**
 * How far two patches move from frame to frame beside what is expected, in pixels, and what was expected.
 *
 * @param path of the video file
 * @param zoomAt how far a frame is magnified about the middle
 * @returns for each patch its middle and, for each frame but the last, `motion` and `expected`, both across
 */
async function measureMotion(path, zoomAt) {
  let before;
  let index = 0;
  let patches;
  for await (const frame of decodeVideo(readFileSync(path))) {
    const { width, height, luma } = frame;
    patches ??= PATCHES.map(([x, y]) => ({
      centre: [Math.round(x * width), Math.round(y * height)],
      motions: [],
    }));
    if (before) {
      const growth = zoomAt(index) / zoomAt(index - 1) - 1;
      for (const { centre, motions } of patches) {
        const expected = { x: (centre[0] - width / 2) * growth, y: (centre[1] - height / 2) * growth };
        const motion = patchMotion(before, luma, width, ...centre, growth, expected);
        motions.push({ motion: motion.x, expected: expected.x });
      }
    }
    before = luma;
    index += 1;
  }
  return patches;
}

/** What is left of values when the polynomial of degree six that fits them best is taken away. */
function awayFromSmooth(values) {
  const at = (index) => (2 * index) / (values.length - 1) - 1;
  // Orthogonal polynomials by Gram and Schmidt: no system of equations to solve.
  const basis = [];
  for (let degree = 0; degree <= 6; degree++) {
    let column = values.map((_, index) => at(index) ** degree);
    for (const other of basis) column = subtract(column, other);
    basis.push(column);
  }
  return basis.reduce(subtract, values);
}

/** Values without their part along a direction. */
function subtract(values, direction) {
  const dot = (one, other) => one.reduce((sum, value, index) => sum + value * other[index], 0);
  const part = dot(values, direction) / dot(direction, direction);
  return values.map((value, index) => value - part * direction[index]);
}

/**
 * How unevenly a film moves whose path is smooth and otherwise unknown: the standard deviation of the motion from frame to
 * frame about the smooth curve through it, in pixels, of the worse of two patches.
 *
 * @param zoom how far it goes in until the last frame, roughly
 */
export async function measureJitter(path, zoom, frames) {
  const patches = await measureMotion(path, (index) => 1 + (zoom * index) / frames);
  return Math.max(
    ...patches.map(({ motions }) => deviation(awayFromSmooth(motions.map((one) => one.motion)))),
  );
}

export async function benchJitter() {
  const directory = mkdtempSync(join(tmpdir(), 'stillroar-jitter-'));
  const out = join(directory, 'zoom.mp4');
  const image = fileURLToPath(new URL('../samples/stream.jpg', import.meta.url));
  const prompt = 'very slow zoom in, nothing else moves';
  const { plan } = await animate({ image, out, resolution: '1080p', prompt, audio: 'none' });
  const path = cameraPath(plan.picture);
  const patches = await measureMotion(out, (index) => path(index / (FRAMES - 1)).zoom);
  rmSync(directory, { recursive: true });
  return patches.map(({ centre, motions }) => {
    const errors = motions.map(({ motion, expected }) => motion - expected);
    return {
      patch: centre.join(', '),
      'deviation px/frame': deviation(errors).toFixed(4),
      'largest px': Math.max(...errors.map(Math.abs)).toFixed(4),
    };
  });
}
