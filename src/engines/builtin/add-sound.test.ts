import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { engineInput } from '../../../test/support/engine-input.ts';
import { makeForeignVideo } from '../../../test/support/foreign-video.ts';
import { decodeAudio } from '../../media/decode-audio.ts';
import { openMedia } from '../../media/demux.ts';
import { probeMedia } from '../../media/probe.ts';
import { replaceSound } from '../../media/replace-sound.ts';
import { readSmallFrames } from '../../media/watch-frames.ts';
import { planSound } from '../../sound/index.ts';
import { createStereo, SAMPLE_RATE, sampleCount } from '../../sound/samples.ts';
import { watchFilm } from '../../sound/watch/watch-film.ts';
import type { EngineInput } from '../engine.ts';
import { addSound } from './add-sound.ts';
import { makeClip } from './clip.ts';

let directory: string;
let input: EngineInput;
const never = new AbortController().signal;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stillroar-add-sound-'));
  input = engineInput(directory, {
    prompt: 'slow push in, ocean waves, gulls',
    resolution: '1080p',
    seed: 1,
  });
  const [video, cover] = (await makeClip(input, () => {}, never)).files;
  await copyFile(video!.path, join(directory, 'before.mp4'));
  await copyFile(cover!.path, join(directory, 'before.jpg'));
  input = {
    ...input,
    kind: 'video-to-audio',
    videoPath: join(directory, 'before.mp4'),
    coverPath: join(directory, 'before.jpg'),
  };
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** MD5 over the times and bytes of all picture packets. */
async function pictureHash(bytes: Uint8Array): Promise<string> {
  const demuxer = await openMedia(bytes);
  const hash = createHash('md5');
  const { timeBase } = demuxer.video!;
  for await (const packet of demuxer.packets(demuxer.video!)) {
    hash.update(`${(Number(packet.pts) * timeBase.num) / timeBase.den} `).update(packet.data!);
  }
  await demuxer.close();
  return hash.digest('hex');
}

test('composes sound for a finished video and copies its picture, packet for packet', async () => {
  const before = await readFile(input.videoPath!);
  const began = performance.now();
  const { files, plan } = await addSound({ ...input, audio: 'ai' }, () => {}, never);
  const seconds = (performance.now() - began) / 1000;
  console.log(`new sound for 5 s at 1080p: ${seconds.toFixed(2)} s, its picture watched and copied`);
  const after = await readFile(files[0]!.path);
  expect(await pictureHash(after)).toBe(await pictureHash(before));
  const facts = await probeMedia(after);
  expect(facts.video).toEqual((await probeMedia(before)).video);
  expect(facts.audio).toMatchObject({ codec: 'aac', sampleRate: 48_000, channels: 2 });
  expect(Math.abs(facts.audio!.durationSeconds - 5)).toBeLessThanOrEqual(0.0214);
  expect(after.indexOf('moov')).toBeLessThan(after.indexOf('mdat'));
  expect(plan.sound).toBeDefined();
  expect(files).toMatchObject([
    { kind: 'video', width: 1622, height: 1080, durationSeconds: 5 },
    { kind: 'audio', contentType: 'audio/mpeg', durationSeconds: 5 },
    { kind: 'audio', contentType: 'audio/wav', durationSeconds: 5 },
    { kind: 'cover', path: input.coverPath },
  ]);
});

test('replaces sound that was there with the caller’s own', async () => {
  const old = createStereo(sampleCount(5));
  old.left.fill(0.5);
  const stem = join(directory, 'sounding');
  const { path: sounding } = await replaceSound(await readFile(input.videoPath!), old, stem);
  // Two seconds of silence in 16 bits: what was loud must be gone.
  const audioPath = join(directory, 'silence.wav');
  const wav = Buffer.alloc(44 + 2 * 96_000);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write('WAVEfmt ', 8);
  for (const [value, at] of [
    [16, 16],
    [48_000, 24],
    [96_000, 28],
    [wav.length - 44, 40],
  ])
    wav.writeUInt32LE(value!, at!);
  for (const [value, at] of [
    [1, 20],
    [1, 22],
    [2, 32],
    [16, 34],
  ])
    wav.writeUInt16LE(value!, at!);
  wav.write('data', 36);
  await writeFile(audioPath, wav);
  const { files } = await addSound(
    { ...input, videoPath: sounding, audio: 'file', audioPath },
    () => {},
    never,
  );
  const after = await readFile(files[0]!.path);
  expect(await pictureHash(after)).toBe(await pictureHash(await readFile(input.videoPath!)));
  const loudest = async (bytes: Uint8Array) =>
    (await decodeAudio(bytes, 5 * SAMPLE_RATE)).left.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  expect(await loudest(await readFile(sounding))).toBeGreaterThan(0.4);
  expect(await loudest(after)).toBeLessThan(0.001);
});

test('lets the sound follow what a foreign video shows, where no words say anything', async () => {
  const video = {
    codec: 'vp9',
    container: 'webm',
    seconds: 3,
    width: 320,
    height: 180,
    framesPerSecond: 24,
  } as const;
  const bytes = await makeForeignVideo(video);
  const videoPath = join(directory, 'foreign.webm');
  await writeFile(videoPath, bytes);
  const { prompt, soundPrompt, musicPrompt, seed } = { ...input, prompt: '' };
  const { plan } = await addSound({ ...input, prompt, videoPath, audio: 'ai' }, () => {}, never);
  const { durationSeconds: seconds, framesPerSecond } = (await probeMedia(bytes)).video!;
  const { heard } = watchFilm(await readSmallFrames(bytes), framesPerSecond);
  expect(heard.motion).toBeDefined();
  expect(plan.sound).toEqual(planSound({ prompt, soundPrompt, musicPrompt, seconds, seed, ...heard }));
});

test('refuses what is no video with a sentence', async () => {
  const videoPath = join(directory, 'words.mp4');
  await writeFile(videoPath, 'only words, and nothing that moves');
  await expect(addSound({ ...input, videoPath, audio: 'ai' }, () => {}, never)).rejects.toMatchObject({
    code: 'video-unreadable',
  });
});
