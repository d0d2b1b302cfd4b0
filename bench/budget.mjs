// Where the time of a clip goes: the CPU of each part, each alone, beside that of the whole.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeOnce } from './make-once.mjs';
import { tableLines, writePart } from './report.mjs';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const image = path('../samples/stream.jpg');
const films = {
  'zoom alone, mute': { prompt: 'zoom in, nothing else moves', sound: false },
  'depth, flowing water, sound': { prompt: 'slow push in, the water flows, birds', sound: true },
};

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** CPU of each part of a clip, in ms. */
function partsOf(film) {
  const options = JSON.stringify({ image, resolution: '1080p', ...film });
  const child = spawnSync(process.execPath, [path('budget-once.mjs'), options], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (child.status !== 0) throw new Error(`The parts of a clip failed: ${options}`);
  return JSON.parse(child.stdout);
}

/** Seconds of CPU by part, and of the whole clip in a process of its own. */
function spend(film, rounds, out) {
  const runs = [];
  const wholes = [];
  for (let round = 0; round < rounds; round++) {
    runs.push(partsOf(film));
    const audio = film.sound ? 'ai' : 'none';
    wholes.push(makeOnce({ image, prompt: film.prompt, resolution: '1080p', audio, out }).cpuSeconds);
  }
  const names = Object.keys(runs[0]);
  const parts = Object.fromEntries(names.map((part) => [part, median(runs.map((run) => run[part])) / 1000]));
  const sum = Object.values(parts).reduce((one, other) => one + other);
  return { ...parts, 'threads, handing over, garbage': median(wholes) - sum, whole: median(wholes) };
}

export function benchBudget({ rounds = 3 } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'stillroar-bench-'));
  const columns = Object.entries(films).map(([name, film]) => [
    name,
    spend(film, rounds, join(directory, 'clip.mp4')),
  ]);
  rmSync(directory, { recursive: true });
  const parts = Object.keys(columns.at(-1)[1]);
  const rows = parts.map((part) => ({
    'CPU s': part,
    ...Object.fromEntries(columns.map(([name, spent]) => [name, spent[part]?.toFixed(2) ?? '–'])),
  }));
  writePart('budget', [
    '## Where the time of a clip goes',
    'Seconds of CPU of a 1080p clip of 5 s in a fresh process, each part alone, and of the whole; each the median of',
    `${rounds} runs. On two cores a clip takes at least half of the whole; drawing, H.264 and sound overlap, what comes before`,
    'them does not. `npm run bench -- budget` writes this part anew.',
    '',
    ...tableLines(rows),
  ]);
  return rows;
}
