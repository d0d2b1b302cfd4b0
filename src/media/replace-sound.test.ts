import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  amplitudeAt,
  type ForeignVideo,
  makeForeignVideo,
  makeTone,
  picturePackets,
} from '../../test/support/foreign-video.ts';
import { SAMPLE_RATE } from '../sound/samples.ts';
import { decodeFrames } from './decode.ts';
import { decodeAudio } from './decode-audio.ts';
import { openMedia } from './demux.ts';
import { Mp4Writer } from './encode-mp4.ts';
import { encodeSound } from './encode-sound.ts';
import { probeMedia } from './probe.ts';
import { replaceSound } from './replace-sound.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stillroar-replace-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const SECONDS = 3;
const small = { seconds: SECONDS, width: 320, height: 240, framesPerSecond: 12 };
const tone = makeTone(SECONDS, 1000, 0.3);

async function countFrames(bytes: Uint8Array): Promise<number> {
  const demuxer = await openMedia(bytes);
  let count = 0;
  for await (const _ of decodeFrames(demuxer, demuxer.video!)) count++;
  await demuxer.close();
  return count;
}

const rows: [ForeignVideo['codec'], ForeignVideo['container'], kept: string][] = [
  ['h264', 'mp4', 'video/mp4'],
  ['h264', 'mov', 'video/mp4'],
  ['h264', 'matroska', 'video/mp4'],
  ['hevc', 'mp4', 'video/mp4'],
  ['hevc', 'mov', 'video/mp4'],
  ['hevc', 'matroska', 'video/mp4'],
  ['vp9', 'webm', 'video/mp4'],
  ['vp9', 'matroska', 'video/mp4'],
  ['vp9', 'mp4', 'video/mp4'],
  ['av1', 'webm', 'video/mp4'],
  ['av1', 'mp4', 'video/mp4'],
  ['vp8', 'webm', 'video/webm'],
];

test.each(rows)('copies %s out of %s into %s, every packet as it was', async (codec, container, kept) => {
  const before = await makeForeignVideo({ ...small, codec, container, sound: makeTone(SECONDS, 300, 0.3) });
  const result = await replaceSound(before, tone, join(directory, `${codec}-${container}`));
  const after = await readFile(result.path);
  expect(result.contentType).toBe(kept);
  const packets = await picturePackets(after);
  expect(packets).toEqual(await picturePackets(before));
  expect(packets.count).toBe(SECONDS * 12);
  expect(await countFrames(after)).toBe(SECONDS * 12);
  // Apple's players take no other.
  if (codec === 'hevc') expect(after.includes('hvc1')).toBe(true);

  const facts = await probeMedia(after);
  expect(facts.video).toMatchObject({ codec, width: 320, height: 240, frameCount: SECONDS * 12 });
  expect(Math.abs(facts.video!.durationSeconds - SECONDS)).toBeLessThan(0.002);
  expect(Math.abs(facts.audio!.durationSeconds - SECONDS)).toBeLessThan(0.03);
  const { left } = await decodeAudio(after, SECONDS * SAMPLE_RATE);
  const middle = left.subarray(SAMPLE_RATE, 2 * SAMPLE_RATE);
  expect(amplitudeAt(middle, 1000)).toBeCloseTo(0.3, 2);
  expect(amplitudeAt(middle, 300)).toBeLessThan(0.003);
});

test('a picture that begins late begins with the sound', async () => {
  const bytes = await makeForeignVideo({ ...small, codec: 'h264', container: 'matroska', startFrame: 18 });
  expect((await probeMedia(bytes)).video!.startSeconds).toBeCloseTo(1.5, 2);
  const result = await replaceSound(bytes, tone, join(directory, 'start'));
  const { video } = await probeMedia(await readFile(result.path));
  expect(video).toMatchObject({ startSeconds: 0, frameCount: SECONDS * 12 });
});

test.each(['mp3', 'wav'] as const)('writes %s files that play exactly the samples', async (format) => {
  const path = join(directory, `tone.${format}`);
  await encodeSound(tone, format, path);
  const { left, right } = await decodeAudio(await readFile(path), 10 * SAMPLE_RATE);
  expect(left.length).toBe(SECONDS * SAMPLE_RATE);
  for (const channel of [left, right]) {
    const level = amplitudeAt(channel.subarray(SAMPLE_RATE, 2 * SAMPLE_RATE), 1000);
    expect(Math.abs(20 * Math.log10(level / 0.3))).toBeLessThan(0.5);
  }
  console.log(`${format}: ${left.length} samples back of ${SECONDS * SAMPLE_RATE}`);
});

test('what a film says about how it was made stays with it', async () => {
  const path = join(directory, 'said.mp4');
  const size = { width: 64, height: 64 };
  const writer = await Mp4Writer.create(path, {
    ...size,
    framesPerSecond: 12,
    sound: false,
    comment: 'of ours',
  });
  const plane = (length: number) => new Uint8Array(length).fill(128);
  const frame = { ...size, stride: 64, luma: plane(4096), blueChroma: plane(1024), redChroma: plane(1024) };
  for (let count = 0; count < 12; count++) await writer.writeFrame(frame);
  await writer.finish();
  const result = await replaceSound(await readFile(path), tone, join(directory, 'said-anew'));
  expect((await probeMedia(await readFile(result.path))).comment).toBe('of ours');
});
