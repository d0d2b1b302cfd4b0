import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { similarity } from '../../../test/support/similarity.ts';
import { animate } from '../../animate.ts';
import { decodeVideo } from '../../media/decode-video.ts';
import { convertToRgb } from '../../picture/render/planes.ts';
import { samplePath } from '../../picture/testing/samples.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stillroar-last-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function render(image: string, lastImage: string, prompt = '') {
  const out = join(directory, 'clip.mp4');
  const result = await animate({ image, lastImage, out, prompt, audio: 'none', seconds: 3 });
  const frames: Uint8Array[] = [];
  for await (const frame of decodeVideo(await readFile(out))) frames.push(convertToRgb(frame));
  return { ...result, frames };
}

describe('a video that ends on a given picture', () => {
  it('begins with the first and ends with the last, whatever lies between', async () => {
    const { frames, width, height } = await render(
      samplePath('sunset.jpg'),
      samplePath('dandelions.jpg'),
      'pan left, snow',
    );
    const first = await similarity(frames[0]!, width, height, await readFile(samplePath('sunset.jpg')));
    const last = await similarity(
      frames.at(-1)!,
      width,
      height,
      await readFile(samplePath('dandelions.jpg')),
    );
    console.log(`PSNR: first ${first.toFixed(1)} dB, last ${last.toFixed(1)} dB`);
    expect(first).toBeGreaterThan(35);
    expect(last).toBeGreaterThan(35);
  });

  it('says that the words about the camera only decide the side', async () => {
    const { warnings, plan } = await render(
      samplePath('sunset.jpg'),
      samplePath('dandelions.jpg'),
      'orbit left',
    );
    expect(warnings.map(({ code }) => code)).toEqual(['moves-overruled']);
    expect(JSON.stringify(plan.picture)).toContain('"direction":"left"');
  });

  it('never shows both pictures through each other: most of every frame is one or the other', async () => {
    const [black, white] = await Promise.all(
      [20, 235].map((value) =>
        sharp({
          create: { width: 720, height: 480, channels: 3, background: { r: value, g: value, b: value } },
        })
          .png()
          .toBuffer(),
      ),
    );
    const paths = [join(directory, 'black.png'), join(directory, 'white.png')];
    await Promise.all([sharp(black).toFile(paths[0]!), sharp(white).toFile(paths[1]!)]);
    const { frames } = await render(paths[0]!, paths[1]!, 'static');
    let worst = 0;
    for (const rgb of frames) {
      let between = 0;
      for (let at = 0; at < rgb.length; at += 3) if (rgb[at]! > 50 && rgb[at]! < 205) between++;
      worst = Math.max(worst, (3 * between) / rgb.length);
    }
    console.log(`at most ${(100 * worst).toFixed(0)} % of a frame is a mixture`);
    expect(worst).toBeLessThan(0.25);
  });

  it('turns the one into the other where they show the same thing', async () => {
    const nearer = join(directory, 'nearer.png');
    const { width = 0, height = 0 } = await sharp(await readFile(samplePath('stream.jpg'))).metadata();
    await sharp(await readFile(samplePath('stream.jpg')))
      .extract({
        left: Math.round(width * 0.06),
        top: Math.round(height * 0.04),
        width: Math.round(width * 0.9),
        height: Math.round(height * 0.9),
      })
      .png()
      .toFile(nearer);
    const { plan, frames, width: w, height: h } = await render(samplePath('stream.jpg'), nearer);
    expect(JSON.stringify(plan.picture)).toContain('it is like the first');
    const last = await similarity(frames.at(-1)!, w, h, await readFile(nearer));
    console.log(`PSNR of the last frame: ${last.toFixed(1)} dB`);
    // What is lost here is lost in the encoder: leaves and foam are its hardest food. The frame itself is exact.
    expect(last).toBeGreaterThan(29);
  });
});
