// Text to video: what of everyday prompts is painted, and what a film of a painted place costs. Needs a build.
// node bench/scenes.mjs FILE — counts the lines of another file of prompts or captions.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { canPaint, unpaintable } from '../dist/picture/scenes/paint-scene.js';
import { makeOnce } from './make-once.mjs';

const PROMPTS = fileURLToPath(new URL('prompts/text-to-video.txt', import.meta.url));

/** How many lines of a file are painted as they stand, painted without what cannot be, and refused. */
function countAnswers(file) {
  const prompts = readFileSync(file, 'utf8').trim().split('\n');
  const placed = prompts.filter(canPaint);
  const whole = placed.filter((prompt) => unpaintable(prompt).length === 0).length;
  const percent = (count) => `${count} (${((100 * count) / prompts.length).toFixed(0)} %)`;
  return {
    prompts: prompts.length,
    painted: percent(whole),
    'the place alone, with a warning': percent(placed.length - whole),
    'refused with the list of scenes': percent(prompts.length - placed.length),
  };
}

/** One that never rests, one that is mostly at rest, one that is only filmed. */
const films = [
  'Ocean waves crashing on shore',
  'Northern lights over a snowy landscape',
  'A mountain lake at dawn',
];

function measureFilms() {
  const directory = mkdtempSync(join(tmpdir(), 'stillroar-bench-'));
  const rows = films.flatMap((prompt) =>
    ['720p', '1080p'].map((resolution) => {
      const cost = makeOnce({ prompt, resolution, out: join(directory, 'film.mp4'), seed: 7 });
      return {
        prompt,
        resolution,
        'wall s': cost.wallSeconds.toFixed(1),
        'user CPU s': cost.userSeconds.toFixed(1),
        'peak MB': Math.round(cost.peakMegabytes),
      };
    }),
  );
  rmSync(directory, { recursive: true });
  return rows;
}

export function benchScenes() {
  console.table([countAnswers(PROMPTS)]);
  console.table(measureFilms());
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.table([countAnswers(process.argv[2] ?? PROMPTS)]);
}
