import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Mp4Writer } from '../../src/media/encode-mp4.ts';
import { createStereo, sampleCount } from '../../src/sound/samples.ts';

/** A film as another machine might have made it: grey that brightens, or of one colour. */
export async function makeFilm({
  width = 1280,
  height = 720,
  framesPerSecond = 16,
  frames = 81,
  sound = false,
  colour = undefined as { luma: number; blueChroma: number; redChroma: number } | undefined,
} = {}): Promise<Buffer> {
  const directory = await mkdtemp(join(tmpdir(), 'stillroar-film-'));
  try {
    const path = join(directory, 'film.mp4');
    const writer = await Mp4Writer.create(path, { width, height, framesPerSecond, sound });
    const chroma = (value = 128) => new Uint8Array((width * height) / 4).fill(value);
    const [blueChroma, redChroma] = [chroma(colour?.blueChroma), chroma(colour?.redChroma)];
    for (let index = 0; index < frames; index++) {
      const luma = new Uint8Array(width * height).fill(colour?.luma ?? 20 + 2 * index);
      await writer.writeFrame({ width, height, stride: width, luma, blueChroma, redChroma });
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
