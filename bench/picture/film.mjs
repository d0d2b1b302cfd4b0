// Films a photograph with the built engine and looks at the file that comes out.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { animate } from '../../dist/index.js';
import { decodeVideo } from '../../dist/media/decode-video.js';
import { gridMotion, halve } from './track.mjs';

export const path = (relative) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

/** The photographs with what was drawn on them by hand. */
export const marks = JSON.parse(readFileSync(path('bench/pictures/marks.json'), 'utf8'));
export const nameOf = ({ picture }) => picture.match(/(\w+)\.jpg$/)[1];

/** Frames a second that motion is measured on, as VBench does it. */
const SAMPLED = 8;
const FRAMES_PER_SECOND = 24;

/** A 720p film of a prompt: `luma` of every frame at a quarter of its size each way. */
export async function film(picture, prompt, seconds = 5) {
  const directory = mkdtempSync(join(tmpdir(), 'stillroar-bench-'));
  const out = join(directory, 'film.mp4');
  try {
    await animate({ image: path(picture), out, prompt, audio: 'none', seconds, resolution: '720p', seed: 7 });
    const frames = [];
    for await (const { width, height, luma } of decodeVideo(readFileSync(out))) {
      frames.push(halve(halve({ width, height, luma: Float32Array.from(luma) })));
    }
    return frames;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Motion between samples that lie an eighth of a second apart: a list of grids. */
export function motions(frames) {
  const step = FRAMES_PER_SECOND / SAMPLED;
  const grids = [];
  for (let index = 0; index + step < frames.length; index += step) {
    grids.push(gridMotion(frames[index], frames[index + step]));
  }
  return grids;
}
