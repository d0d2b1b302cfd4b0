import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FrameView } from '../picture/render/kernel.ts';
import { createStereo, SAMPLE_RATE, sampleCount } from '../sound/samples.ts';
import { decodeAudio } from './decode-audio.ts';
import { decodeVideo } from './decode-video.ts';
import { Mp4Writer } from './encode-mp4.ts';
import { probeMedia } from './probe.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stillroar-media-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** A frame whose luma is a ramp that moves with time; rows are longer than the frame, as the kernel's are. */
function rampFrame(width: number, height: number, shift: number): FrameView {
  const stride = Math.ceil(width / 16) * 16;
  const luma = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) luma[y * stride + x] = 40 + ((x + shift) % 160);
  }
  const chroma = new Uint8Array((stride * height) / 4).fill(128);
  return { width, height, stride, luma, blueChroma: chroma, redChroma: chroma };
}

function tone(seconds: number, hertz: number) {
  const samples = createStereo(sampleCount(seconds));
  for (let index = 0; index < samples.left.length; index++) {
    samples.left[index] = 0.25 * Math.sin((2 * Math.PI * hertz * index) / SAMPLE_RATE);
    samples.right[index] = samples.left[index]! * 0.5;
  }
  return samples;
}

async function writeClip(name: string, width: number, height: number, seconds: number, sound: boolean) {
  const path = join(directory, name);
  const writer = await Mp4Writer.create(path, {
    width,
    height,
    framesPerSecond: 24,
    sound,
    comment: '{"a":1}',
  });
  for (let index = 0; index < seconds * 24; index++) await writer.writeFrame(rampFrame(width, height, index));
  if (sound) await writer.writeSound(tone(seconds, 440));
  await writer.finish();
  return readFile(path);
}

describe('an MP4 written by us', () => {
  it('holds what was asked for: codec, size, frames, colour tags, sound as long as the picture', async () => {
    const facts = await probeMedia(await writeClip('tone.mp4', 330, 186, 2, true));
    expect(facts.video).toMatchObject({ codec: 'h264', width: 330, height: 186, frameCount: 48 });
    expect(facts.video!.colour).toEqual({ matrix: 1, primaries: 1, transfer: 1, range: 1 });
    expect(facts.video!.durationSeconds).toBeCloseTo(2, 3);
    expect(facts.audio).toMatchObject({ codec: 'aac', sampleRate: 48_000, channels: 2 });
    expect(Math.abs(facts.audio!.durationSeconds - 2)).toBeLessThanOrEqual(0.0214);
  });

  it('has its index before its data, so that it plays while it loads', async () => {
    const bytes = await writeClip('first.mp4', 320, 180, 1, true);
    expect(bytes.indexOf('moov')).toBeGreaterThan(0);
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
  });

  it('has no sound track when none was asked for', async () => {
    const facts = await probeMedia(await writeClip('mute.mp4', 320, 180, 1, false));
    expect(facts.audio).toBeUndefined();
  });

  it('gives back the picture and the tone that went in', async () => {
    const bytes = await writeClip('back.mp4', 320, 180, 1, true);
    let index = 0;
    for await (const frame of decodeVideo(bytes)) {
      const expected = rampFrame(320, 180, index++).luma;
      let error = 0;
      for (let pixel = 0; pixel < 320 * 180; pixel++)
        error += Math.abs(frame.luma[pixel]! - expected[pixel]!);
      expect(error / (320 * 180)).toBeLessThan(3);
    }
    expect(index).toBe(24);
    const { left, right } = await decodeAudio(bytes, SAMPLE_RATE);
    expect(left.length).toBe(SAMPLE_RATE);
    // Correlate the middle with the tone: phase and level survive.
    let product = 0;
    let energy = 0;
    for (let sample = 12_000; sample < 36_000; sample++) {
      product += left[sample]! * Math.sin((2 * Math.PI * 440 * sample) / SAMPLE_RATE);
      energy += right[sample]! ** 2;
    }
    expect(product / 12_000).toBeCloseTo(0.25, 2);
    expect(Math.sqrt(energy / 24_000)).toBeCloseTo(0.125 / Math.SQRT2, 2);
  });
});

describe('bytes that are no media', () => {
  it.each([
    ['a playlist', '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n'],
    ['HTML', '<!doctype html><html></html>'],
    ['nothing', ''],
  ])('refuses %s with a sentence', async (_, text) => {
    await expect(decodeAudio(Buffer.from(text), 1000)).rejects.toMatchObject({ code: 'audio-unreadable' });
    await expect(probeMedia(Buffer.from(text))).rejects.toThrow('no known audio or video container');
  });

  it('refuses a truncated MP4', async () => {
    const bytes = await writeClip('cut.mp4', 320, 180, 1, true);
    await expect(decodeAudio(bytes.subarray(0, 600), 1000)).rejects.toMatchObject({
      code: 'audio-unreadable',
    });
  });
});
