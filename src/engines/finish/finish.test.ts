import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeFilm } from '../../../test/support/film.ts';
import { decodeAudio } from '../../media/decode-audio.ts';
import { openPicture } from '../../media/decode-picture.ts';
import { probeMedia } from '../../media/probe.ts';
import { chooseFit } from './choose-fit.ts';
import { doFinishJob, fitVideo } from './work.ts';

type Film = NonNullable<Parameters<typeof makeFilm>[0]>;

const wan: Film = { width: 256, height: 144, framesPerSecond: 16, frames: 81, sound: false };

/** A film of another machine's, in a directory of its own. */
async function film(changes: Partial<Film> = {}): Promise<{ path: string; directory: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'stillroar-finish-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const path = join(directory, 'made.mp4');
  await writeFile(path, await makeFilm({ ...wan, ...changes }));
  return { path, directory };
}

const wish = { resolution: '720p', seconds: 5, framesPerSecond: 24 } as const;
const factsOf = async (path: string) => probeMedia(await readFile(path));

test('what a model makes of 720p is left as it is, and its own ways are told', async () => {
  const video = {
    codec: 'h264',
    frameCount: 81,
    startSeconds: 0,
    colour: { matrix: 1, primaries: 1, transfer: 1, range: 1 },
  };
  const facts = {
    container: 'mov' as const,
    video: { ...video, width: 1280, height: 704, framesPerSecond: 16, durationSeconds: 5.0625 },
  };
  const { refit, warnings } = chooseFit(facts, wish);
  expect(refit).toBeUndefined();
  expect(warnings.map(({ code }) => code)).toEqual(['size-of-model', 'frame-rate-of-model']);
  const fine = { ...facts.video, height: 720, framesPerSecond: 24 };
  expect(chooseFit({ ...facts, video: fine }, wish)).toEqual({ refit: undefined, warnings: [] });
});

test('what is far off in size or length is written anew, with its sound', async () => {
  const { path, directory } = await film({ frames: 112, sound: true });
  const fitted = await fitVideo({ do: 'fit', path, directory, wish, keepsSound: true });
  expect(fitted).toMatchObject({ width: 1280, height: 720, hasSound: true });
  const { video, audio } = await factsOf(fitted.path);
  expect(video).toMatchObject({ width: 1280, height: 720, frameCount: 80 });
  expect(video!.framesPerSecond).toBeCloseTo(16, 1);
  expect(audio!.durationSeconds).toBeCloseTo(5, 1);
  const { left } = await decodeAudio(await readFile(fitted.path), 48_000);
  expect(Math.max(...left.slice(10_000, 20_000))).toBeGreaterThan(0.2);
});

test('sound that is not wanted goes, and the picture’s packets stay as they are', async () => {
  const { path, directory } = await film({ width: 1280, height: 720, frames: 80, sound: true });
  const fitted = await fitVideo({ do: 'fit', path, directory, wish, keepsSound: false });
  expect(fitted.hasSound).toBe(false);
  const [before, after] = [await factsOf(path), await factsOf(fitted.path)];
  expect(after.audio).toBeUndefined();
  expect(after.video).toEqual(before.video);
});

test('a cover comes along', async () => {
  const { path, directory } = await film({ frames: 8 });
  const { coverPath, warnings } = await fitVideo({ do: 'fit', path, directory, wish, keepsSound: false });
  expect([...(await readFile(coverPath)).subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
  expect(warnings.map(({ code }) => code)).toContain('shorter-than-asked');
});

test('the cover has the video’s colours', async () => {
  // rgb(200, 40, 40) in BT.709.
  const { path, directory } = await film({
    frames: 2,
    colour: { luma: 80, blueChroma: 112, redChroma: 198 },
  });
  const { coverPath } = await fitVideo({ do: 'fit', path, directory, wish, keepsSound: false });
  const opened = await openPicture(await readFile(coverPath));
  const rgb = await opened.decode({ width: 64, height: 36 });
  for (const [index, wanted] of [200, 40, 40].entries())
    expect(Math.abs(rgb[index]! - wanted)).toBeLessThan(6);
});

test('a sound model sees a small mute video at its own rate, every picture when it was', async () => {
  const { path, directory } = await film({ frames: 48, sound: true, framesPerSecond: 24 });
  const to = join(directory, 'watched.mp4');
  await doFinishJob({ do: 'resample', path, to, framesPerSecond: 25, shortSide: 72 });
  const { video, audio } = await factsOf(to);
  expect(video).toMatchObject({ width: 128, height: 72, frameCount: 50 });
  expect(video!.durationSeconds).toBeCloseTo(2, 2);
  expect(audio).toBeUndefined();
});

test('pieces are joined, the last picture of one being the first of the next', async () => {
  const { path, directory } = await film({ frames: 17 });
  const last = join(directory, 'last.png');
  await doFinishJob({ do: 'last-picture', path, to: last });
  expect(await openPicture(await readFile(last))).toMatchObject({ width: 256, height: 144 });
  const to = join(directory, 'joined.mp4');
  await doFinishJob({ do: 'join', paths: [path, path], to });
  expect((await factsOf(to)).video).toMatchObject({ width: 256, height: 144, frameCount: 33 });
});

test('what is no video fails in a sentence', async () => {
  const { path, directory } = await film({ frames: 2 });
  await writeFile(path, 'nonsense');
  await expect(fitVideo({ do: 'fit', path, directory, wish, keepsSound: false })).rejects.toMatchObject({
    code: 'engine-failed',
  });
});
