import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engineInput } from '../../../test/support/engine-input.ts';
import { decodeAudio } from '../../media/decode-audio.ts';
import { decodeVideo } from '../../media/decode-video.ts';
import { probeMedia } from '../../media/probe.ts';
import { integratedLoudness } from '../../sound/dsp/loudness.ts';
import { truePeak } from '../../sound/dsp/true-peak.ts';
import { SAMPLE_RATE } from '../../sound/samples.ts';
import type { Engine, EngineInput, EngineStatus } from '../engine.ts';
import { makeClip } from './clip.ts';
import { createBuiltinEngine } from './index.ts';

const sample = (name: string) => fileURLToPath(new URL(`../../../samples/${name}`, import.meta.url));

let root: string;
let workDirectory: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'stillroar-engine-'));
});
beforeEach(async () => {
  workDirectory = await mkdtemp(join(root, 'work-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

function input(overrides: Partial<EngineInput> = {}): EngineInput {
  return engineInput(workDirectory, {
    prompt: 'slow push in, water splashing',
    audio: 'ai',
    seed: 1,
    ...overrides,
  });
}

const never = new AbortController().signal;

async function make(overrides: Partial<EngineInput> = {}) {
  const clip = await makeClip(input(overrides), () => {}, never);
  const bytes = await readFile(clip.files.find((file) => file.kind === 'video')!.path);
  return { clip, bytes, facts: await probeMedia(bytes) };
}

describe('a clip', () => {
  it.each([
    ['720p', 'stream.jpg', 5, 1082, 720],
    ['720p', 'dogs.jpg', 10, 720, 1082],
    ['1080p', 'sunset.jpg', 5, 1620, 1080],
    ['4k', 'dandelions.jpg', 1, 3840, 2160],
  ] as const)(
    'at %s of %s, %i s, is what was asked for',
    async (resolution, name, seconds, width, height) => {
      const { bytes, facts } = await make({ resolution, seconds, imagePath: sample(name) });
      expect(facts.video).toMatchObject({ codec: 'h264', width, height, frameCount: seconds * 24 });
      expect(facts.video!.colour).toEqual({ matrix: 1, primaries: 1, transfer: 1, range: 1 });
      expect(Math.abs(facts.video!.durationSeconds - seconds)).toBeLessThanOrEqual(1 / 24);
      expect(facts.audio).toMatchObject({ codec: 'aac', sampleRate: 48_000, channels: 2 });
      expect(Math.abs(facts.audio!.durationSeconds - facts.video!.durationSeconds)).toBeLessThanOrEqual(
        0.0214,
      );
      expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
    },
  );

  it('begins with the picture itself and really moves', async () => {
    const { bytes, facts } = await make({ audio: 'none' });
    expect(facts.audio).toBeUndefined();
    const { width, height } = facts.video!;
    const { data } = await sharp(await readFile(sample('stream.jpg')))
      .resize(width, height, { fit: 'cover' })
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const differences: number[] = [];
    for await (const { luma } of decodeVideo(bytes)) {
      let sum = 0;
      for (let pixel = 0; pixel < luma.length; pixel++) {
        sum += Math.abs((luma[pixel]! - 16) * (255 / 219) - data[pixel]!);
      }
      differences.push(sum / luma.length);
    }
    console.log(
      `mean difference to the picture: first ${differences[0]!.toFixed(1)}, last ${differences.at(-1)!.toFixed(1)}`,
    );
    expect(differences[0]).toBeLessThan(9);
    expect(differences.at(-1)).toBeGreaterThan(2 * differences[0]!);
  });

  it('is as loud as broadcasters ask, and never clips after AAC', async () => {
    const { bytes } = await make({ prompt: 'ocean waves on the shore, gulls' });
    const samples = await decodeAudio(bytes, 6 * SAMPLE_RATE);
    console.log(
      `loudness ${integratedLoudness(samples).toFixed(2)} LUFS, true peak ${truePeak(samples).toFixed(2)} dBTP`,
    );
    expect(Math.abs(integratedLoudness(samples) + 16)).toBeLessThanOrEqual(1);
    expect(truePeak(samples)).toBeLessThanOrEqual(-1);
  });

  it('is the same to the byte with the same seed, and another with another', async () => {
    const first = (await make({ seconds: 1, seed: 7 })).bytes;
    expect((await make({ seconds: 1, seed: 7 })).bytes.equals(first)).toBe(true);
    expect((await make({ seconds: 1, seed: 8 })).bytes.equals(first)).toBe(false);
  });

  it('takes the caller’s own sound: a short one is padded, a long one cut', async () => {
    for (const seconds of [2, 8]) {
      const audioPath = join(workDirectory, 'tone.wav');
      await writeFile(audioPath, toneFile(seconds));
      const { bytes, facts } = await make({ audio: 'file', audioPath });
      expect(Math.abs(facts.audio!.durationSeconds - 5)).toBeLessThanOrEqual(0.0214);
      const { left } = await decodeAudio(bytes, 5 * SAMPLE_RATE);
      const energy = (from: number, to: number) =>
        Math.sqrt(left.subarray(from * SAMPLE_RATE, to * SAMPLE_RATE).reduce((sum, x) => sum + x * x, 0));
      expect(energy(0.5, 1.5)).toBeGreaterThan(30);
      if (seconds === 2) expect(energy(2.5, 4.5)).toBeLessThan(0.1);
      else expect(energy(3, 4)).toBeGreaterThan(30);
    }
  });
});

/** A mono 16-bit WAV at 44.1 kHz: 440 Hz at half scale. */
function toneFile(seconds: number): Buffer {
  const count = 44_100 * seconds;
  const file = Buffer.alloc(44 + count * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + count * 2, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(44_100, 24);
  file.writeUInt32LE(88_200, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(count * 2, 40);
  for (let index = 0; index < count; index++) {
    file.writeInt16LE(Math.round(16_000 * Math.sin((2 * Math.PI * 440 * index) / 44_100)), 44 + index * 2);
  }
  return file;
}

describe('input that cannot be used', () => {
  it.each([
    ['text', Buffer.from('this is no picture'), 'picture-unreadable'],
    [
      'SVG',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      'picture-unreadable',
    ],
  ])('is refused with a sentence: %s', async (_, bytes, code) => {
    const imagePath = join(workDirectory, 'picture');
    await writeFile(imagePath, bytes);
    await expect(make({ imagePath })).rejects.toMatchObject({ code });
  });

  it('is refused when it has more than 40 megapixels, before it is decoded', async () => {
    const imagePath = join(workDirectory, 'huge.png');
    await sharp({ create: { width: 9000, height: 5000, channels: 3, background: 'red' } })
      .png({ compressionLevel: 1 })
      .toFile(imagePath);
    await expect(make({ imagePath })).rejects.toThrow('9000 × 5000 pixels; at most 40 megapixels');
  });

  it('is refused when the picture is cut short', async () => {
    const imagePath = join(workDirectory, 'cut.jpg');
    await writeFile(imagePath, (await readFile(sample('sunset.jpg'))).subarray(0, 50_000));
    await expect(make({ imagePath })).rejects.toMatchObject({ code: 'picture-unreadable' });
  });

  it('is refused when the sound is no sound', async () => {
    const audioPath = join(workDirectory, 'tone.mp3');
    await writeFile(audioPath, 'no sound at all, only words');
    await expect(make({ audio: 'file', audioPath })).rejects.toMatchObject({ code: 'audio-unreadable' });
  });
});

describe('the engine', () => {
  let engine: Engine;
  beforeEach(() => {
    engine = createBuiltinEngine();
  });
  afterEach(() => engine.close());

  async function finish(operation: Record<string, string | number>): Promise<EngineStatus[]> {
    const seen: EngineStatus[] = [];
    for (;;) {
      const status = await engine.status(operation, never);
      seen.push(status);
      if (status.state !== 'running') return seen;
    }
  }

  it('renders in a child process, tells its progress, and ends with the files', async () => {
    const seen = await finish(await engine.start(input({ seconds: 1 }), never));
    const progress = seen.map((status) => (status.state === 'running' ? status.progress : 100));
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.length).toBeGreaterThan(5);
    const last = seen.at(-1)!;
    if (last.state !== 'completed') throw new Error(JSON.stringify(last));
    expect(last.files.map((file) => file.kind)).toEqual(['video', 'cover']);
    expect((await probeMedia(await readFile(last.files[0]!.path))).video!.frameCount).toBe(24);
  });

  it('fails one job with its reason and goes on with the next', async () => {
    const imagePath = join(workDirectory, 'picture');
    await writeFile(imagePath, 'no picture');
    const bad = await finish(await engine.start(input({ imagePath }), never));
    expect(bad.at(-1)).toMatchObject({ state: 'failed', code: 'picture-unreadable', retryable: false });
    const good = await finish(await engine.start(input({ seconds: 1 }), never));
    expect(good.at(-1)!.state).toBe('completed');
  });

  it('ends a job at once when it is cancelled', async () => {
    const operation = await engine.start(input({ resolution: '4k' }), never);
    await engine.status(operation, never);
    const started = performance.now();
    await engine.cancel(operation);
    expect((await finish(operation)).at(-1)).toMatchObject({ state: 'failed', code: 'cancelled' });
    console.log(`cancelled in ${(performance.now() - started).toFixed(0)} ms`);
    const next = await finish(await engine.start(input({ seconds: 1 }), never));
    expect(next.at(-1)!.state).toBe('completed');
  });

  it('knows nothing of an operation that another process began', async () => {
    expect(await engine.status({ id: 'of-yesterday' }, never)).toMatchObject({
      state: 'failed',
      code: 'engine-lost',
      retryable: true,
    });
  });
});
