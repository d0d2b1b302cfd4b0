// The ten effects: what each costs beside a plain clip, how far each is from it and from the others, and whether it is
// heard when it is seen.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeVideo } from '../dist/media/decode-video.js';
import { effects } from '../dist/picture/effects/index.js';
import { measureSync } from './effects/sync.mjs';
import { makeOnce } from './make-once.mjs';

const PICTURE = fileURLToPath(new URL('../samples/dogs.jpg', import.meta.url));
const ROUNDS = 3;
/** One frame in so many is compared, on one pixel in so many each way. */
const EVERY = 6;
const CELL = 4;

/** The luma of some of a clip's frames, coarsely. */
async function look(path) {
  const samples = [];
  let index = 0;
  for await (const { width, height, luma } of decodeVideo(readFileSync(path))) {
    if (index++ % EVERY !== 0) continue;
    for (let y = 0; y < height; y += CELL) {
      for (let x = 0; x < width; x += CELL) samples.push(luma[y * width + x]);
    }
  }
  return Uint8Array.from(samples);
}

const difference = (one, other) =>
  one.reduce((sum, value, at) => sum + Math.abs(value - other[at]), 0) / one.length;

export async function benchEffects() {
  const directory = mkdtempSync(join(tmpdir(), 'stillroar-bench-'));
  const plain = { name: 'plain clip', prompt: 'slow push in' };
  const takes = [plain, ...effects.map(({ name, code }) => ({ name, effect: code }))].map((take) => ({
    ...take,
    out: join(directory, `${take.name}.mp4`),
    runs: [],
  }));
  // In turns, so that what else the machine does meets all of them.
  for (let round = 0; round < ROUNDS; round++) {
    for (const { out, prompt, effect, runs } of takes) {
      runs.push(makeOnce({ image: PICTURE, out, resolution: '720p', prompt, effect }));
    }
  }
  const films = await Promise.all(takes.map(({ out }) => look(out)));
  rmSync(directory, { recursive: true });
  const least = (runs, key) => Math.min(...runs.map((run) => run[key]));
  const ofPlain = least(takes[0].runs, 'userSeconds');
  console.table(
    takes.map(({ name, effect, runs }, index) => {
      const user = least(runs, 'userSeconds');
      const known = effects.find(({ code }) => code === effect);
      return {
        name,
        'user CPU s': user.toFixed(2),
        'of plain': (user / ofPlain).toFixed(2),
        'peak MB': Math.round(Math.max(...runs.map((run) => run.peakMegabytes))),
        'from plain': difference(films[0], films[index]).toFixed(1),
        'F1 of its sounds': known ? measureSync(known).toFixed(2) : '',
      };
    }),
  );
  console.log('Mean difference of luma between any two, in steps of 255');
  console.table(
    Object.fromEntries(
      takes.map(({ name }, row) => [
        name,
        Object.fromEntries(
          takes.map((other, column) => [other.name, Math.round(difference(films[row], films[column]))]),
        ),
      ]),
    ),
  );
}
