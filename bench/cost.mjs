// What pixels, frames and layers of sound cost: clips of one photograph at several sizes and lengths, and mixes of ever more
// layers. User CPU is what the program itself has used, whatever else the machine does; where it grows evenly, the cost of a
// million pixels of one frame and of a layer stays the same.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderSound } from '../dist/sound/mix/render-sound.js';
import { planSound } from '../dist/sound/plan/plan-sound.js';
import { makeOnce } from './make-once.mjs';
import { tableLines, writePart } from './report.mjs';

const PICTURE = fileURLToPath(new URL('../samples/stream.jpg', import.meta.url));
/** Width over height of the picture, which is that of the clips. */
const SHAPE = 1.5;
const CLIPS = [
  ['720p', 720, 5],
  ['720p', 720, 10],
  ['1080p', 1080, 5],
  ['1080p', 1080, 10],
  ['4k', 2160, 5],
  ['4k', 2160, 10],
];
const SOUND_SECONDS = 10;
const SOUNDS = [
  'waves on the shore',
  'gulls',
  'wind',
  'rain',
  'thunder',
  'crickets',
  'a church bell',
  'a train',
];

function measureClips(sizes) {
  const directory = mkdtempSync(join(tmpdir(), 'stillroar-bench-'));
  try {
    return CLIPS.filter(([resolution]) => sizes.includes(resolution)).map(([resolution, side, seconds]) => {
      const prompt = 'slow push in, the water flows';
      const out = join(directory, 'clip.mp4');
      const cost = makeOnce({ image: PICTURE, out, resolution, seconds, prompt, audio: 'none' });
      const frames = 24 * seconds;
      const megapixels = (side * side * SHAPE) / 1e6;
      return {
        clip: `${resolution}, ${seconds} s`,
        'Mpx of a frame': megapixels.toFixed(1),
        frames,
        'user CPU s': cost.userSeconds.toFixed(1),
        'ms of CPU per Mpx and frame': ((1000 * cost.userSeconds) / megapixels / frames).toFixed(1),
        'peak MB': Math.round(cost.peakMegabytes),
      };
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function measureLayers() {
  return [1, 2, 4, 8].map((wanted) => {
    const soundPrompt = SOUNDS.slice(0, wanted).join(', ');
    const plan = planSound({ prompt: '', soundPrompt, musicPrompt: '', seconds: SOUND_SECONDS, seed: 1 });
    renderSound(plan);
    const before = process.cpuUsage();
    renderSound(plan);
    const milliseconds = process.cpuUsage(before).user / 1000;
    return {
      prompt: soundPrompt,
      layers: plan.layers.length,
      'user CPU ms': Math.round(milliseconds),
      'ms a layer': Math.round(milliseconds / plan.layers.length),
    };
  });
}

export function benchCost({ sizes = (process.env.SIZES ?? '720p,1080p,4k').split(',') } = {}) {
  const clips = measureClips(sizes);
  console.table(clips);
  const layers = measureLayers();
  writePart('cost', [
    '## What pixels, frames and layers cost',
    'Mute clips of one photograph with depth and flowing water, and mixes of ten seconds: user CPU time. `npm run bench -- cost`',
    'writes this part anew.',
    '',
    ...tableLines(clips),
    '',
    ...tableLines(layers),
  ]);
  return layers;
}
