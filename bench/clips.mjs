// What a 5 s clip costs at each resolution: depth, camera, sound, H.264 and AAC, from the photograph to the file.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeOnce } from './make-once.mjs';

const PICTURE = fileURLToPath(new URL('../samples/stream.jpg', import.meta.url));

export function benchClips({ rounds = 3 } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'stillroar-bench-'));
  const rows = [];
  for (const resolution of ['720p', '1080p', '4k']) {
    const out = join(directory, `${resolution}.mp4`);
    const runs = Array.from({ length: rounds }, () => {
      const cost = makeOnce({ image: PICTURE, out, resolution, prompt: 'slow push in, water and birds' });
      return { ...cost, megabytes: statSync(out).size / 1e6 };
    });
    runs.sort((a, b) => a.wallSeconds - b.wallSeconds);
    const median = runs[runs.length >> 1];
    rows.push({
      resolution,
      'wall s (min)': runs[0].wallSeconds.toFixed(2),
      'wall s (median)': median.wallSeconds.toFixed(2),
      'CPU s': median.cpuSeconds.toFixed(2),
      'peak MB': Math.round(Math.max(...runs.map((run) => run.peakMegabytes))),
      'file MB': median.megabytes.toFixed(1),
    });
  }
  rmSync(directory, { recursive: true });
  return rows;
}
