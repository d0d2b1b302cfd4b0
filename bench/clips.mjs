// What a 5 s clip costs at each resolution: depth, camera, sound, H.264 and AAC, from the photograph to the file.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

export function benchClips({ rounds = 3 } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'stillroar-bench-'));
  const rows = [];
  for (const resolution of ['720p', '1080p', '4k']) {
    const runs = Array.from({ length: rounds }, () => {
      const out = join(directory, `${resolution}.mp4`);
      const child = spawnSync(
        process.execPath,
        [
          path('clip-once.mjs'),
          path('../samples/stream.jpg'),
          out,
          resolution,
          'slow push in, water and birds',
          'ai',
        ],
        { stdio: ['ignore', 'inherit', 'inherit', 'pipe'], encoding: 'utf8' },
      );
      if (child.status !== 0) throw new Error(`The ${resolution} clip failed.`);
      return { ...JSON.parse(child.output[3]), megabytes: statSync(out).size / 1e6 };
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
