import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Mp4Writer } from '../../src/media/encode-mp4.ts';
import { createStereo, sampleCount } from '../../src/sound/samples.ts';

/** A film that brightens, as another machine might have made it. */
export async function makeFilm({
  width = 1280,
  height = 720,
  framesPerSecond = 16,
  frames = 81,
  sound = false,
} = {}): Promise<Buffer> {
  const directory = await mkdtemp(join(tmpdir(), 'stillroar-film-'));
  try {
    const path = join(directory, 'film.mp4');
    const writer = await Mp4Writer.create(path, { width, height, framesPerSecond, sound });
    const chroma = new Uint8Array((width * height) / 4).fill(128);
    for (let index = 0; index < frames; index++) {
      const luma = new Uint8Array(width * height).fill(20 + 2 * index);
      await writer.writeFrame({ width, height, stride: width, luma, blueChroma: chroma, redChroma: chroma });
    }
    if (sound) {
      const samples = createStereo(sampleCount(frames / framesPerSecond));
      for (const [index] of samples.left.entries()) {
        samples.left[index] = samples.right[index] = 0.3 * Math.sin(index / 10);
      }
      await writer.writeSound(samples);
    }
    await writer.finish();
    return await readFile(path);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
