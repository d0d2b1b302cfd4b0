import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openPicture } from './decode-picture.ts';
import { Mp4Writer } from './encode-mp4.ts';
import { joinVideos, readLastPicture } from './join-videos.ts';
import { probeMedia } from './probe.ts';
import { scaledFrames } from './scaled-frames.ts';

const size = { width: 320, height: 192 };

async function createDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'stillroar-join-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** A wave of light that moves on with every frame; a drift makes all of it brighter, flatter and bluer. */
async function makeWave(path: string, from: number, frames: number, drift = 0): Promise<Buffer> {
  const { width, height } = size;
  const writer = await Mp4Writer.create(path, { ...size, framesPerSecond: 16, sound: false });
  const chroma = (value: number) => new Uint8Array((width * height) / 4).fill(value);
  for (let index = from; index < from + frames; index++) {
    const luma = new Uint8Array(width * height);
    for (let place = 0; place < luma.length; place++) {
      const light = 120 + (60 - drift) * Math.sin((place % width) / 40 + index / 12);
      luma[place] = light + drift;
    }
    const [blueChroma, redChroma] = [chroma(128 + drift), chroma(128)];
    await writer.writeFrame({ width, height, stride: width, luma, blueChroma, redChroma });
  }
  await writer.finish();
  return readFile(path);
}

/** Mean difference of brightness between each two pictures that follow one another. */
async function stepsOf(bytes: Uint8Array): Promise<number[]> {
  const steps: number[] = [];
  let last: Uint8Array | undefined;
  for await (const { view } of scaledFrames(bytes)) {
    if (last) {
      const before = last;
      steps.push(
        view.luma.reduce((sum, value, place) => sum + Math.abs(value - before[place]!), 0) / before.length,
      );
    }
    last = view.luma;
  }
  return steps;
}

test('parts that go on from one another’s last picture become one film without a seam', async () => {
  const directory = await createDirectory();
  const first = await makeWave(join(directory, 'first.mp4'), 0, 33);
  // Its first picture is the last one again, as a model drew it anew: brighter, flatter and bluer.
  const second = await makeWave(join(directory, 'second.mp4'), 32, 33, 7);
  const path = join(directory, 'film.mp4');
  await joinVideos([first, second], path);
  const film = await readFile(path);
  const { video } = await probeMedia(film);
  expect(video).toMatchObject({ ...size, frameCount: 65 });
  expect(video!.framesPerSecond).toBeCloseTo(16, 1);
  const steps = await stepsOf(film);
  const seam = steps[32]!;
  const usual = [...steps].sort((a, b) => a - b)[32]!;
  expect(seam).toBeLessThan(1.3 * usual);
  expect(steps.every((step) => step > 0.3 * usual)).toBe(true);
  console.log(`step over the seam ${seam.toFixed(2)}, usual ${usual.toFixed(2)}; the drift was 7`);
});

test('a part that differs for good reason is corrected within limits', async () => {
  const directory = await createDirectory();
  const first = await makeWave(join(directory, 'first.mp4'), 0, 5);
  const bright = await makeWave(join(directory, 'bright.mp4'), 4, 5, 50);
  const path = join(directory, 'film.mp4');
  await joinVideos([first, bright], path);
  const means: number[] = [];
  for await (const { view } of scaledFrames(await readFile(path))) {
    means.push(view.luma.reduce((sum, value) => sum + value, 0) / view.luma.length);
  }
  expect(means[5]! - means[4]!).toBeGreaterThan(25);
});

test('the last picture of a film comes without loss of size or colour', async () => {
  const directory = await createDirectory();
  const film = await makeWave(join(directory, 'film.mp4'), 0, 9, 20);
  const picture = await openPicture(await readLastPicture(film));
  expect(picture).toMatchObject(size);
  const [red, , blue] = await picture.decode(size);
  expect(blue! - red!).toBeGreaterThan(20);
});
