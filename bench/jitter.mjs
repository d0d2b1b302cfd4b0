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

export async function benchJitter() {
  const directory = mkdtempSync(join(tmpdir(), 'stillroar-jitter-'));
  const out = join(directory, 'zoom.mp4');
  const image = fileURLToPath(new URL('../samples/stream.jpg', import.meta.url));
  const prompt = 'very slow zoom in';
  const { plan } = await animate({ image, out, resolution: '1080p', prompt, audio: 'none' });
  const path = cameraPath(plan.picture);
  const frames = [];
  for await (const frame of decodeVideo(readFileSync(out))) frames.push(frame);
  rmSync(directory, { recursive: true });
  const { width, height } = frames[0];
  const patches = [
    [0.66, 0.6],
    [0.28, 0.7],
  ].map(([x, y]) => [Math.round(x * width), Math.round(y * height)]);
  return patches.map(([centreX, centreY]) => {
    const errors = [];
    for (let index = 0; index + 1 < frames.length; index++) {
      const growth =
        path((index + 1) / (frames.length - 1)).zoom / path(index / (frames.length - 1)).zoom - 1;
      const expected = { x: (centreX - width / 2) * growth, y: (centreY - height / 2) * growth };
      const [before, after] = [frames[index].luma, frames[index + 1].luma];
      const motion = patchMotion(before, after, width, centreX, centreY, growth, expected);
      errors.push(motion.x - expected.x);
    }
    return {
      patch: `${centreX}, ${centreY}`,
      'deviation px/frame': deviation(errors).toFixed(4),
      'largest px': Math.max(...errors.map(Math.abs)).toFixed(4),
    };
  });
}
