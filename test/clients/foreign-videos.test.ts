import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { createBuiltinEngine } from '../../src/engines/builtin/index.ts';
import { decodeAudio } from '../../src/media/decode-audio.ts';
import { probeMedia } from '../../src/media/probe.ts';
import { integratedLoudness } from '../../src/sound/dsp/loudness.ts';
import { SAMPLE_RATE } from '../../src/sound/samples.ts';
import { createDataDirectory } from '../support/database.ts';
import {
  amplitudeAt,
  type ForeignVideo,
  makeForeignVideo,
  makeTone,
  picturePackets,
  pictureTimes,
  turningOf,
} from '../support/foreign-video.ts';
import { createCaller, type KlingCaller, type KlingTask, signToken } from '../support/kling.ts';
import { startApp, startFileServer } from '../support/server.ts';

// A hand-written client of video-to-audio against the real engine: what goes out is fetched, decoded and measured.

const SOUND = '/v1/videos/video-to-audio';

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let files: Awaited<ReturnType<typeof startFileServer>>;
let app: App;
let caller: KlingCaller;
const videos = new Map<string, Buffer>();

const small = { width: 480, height: 270, framesPerSecond: 12 };
/** The frequency of the sound that the videos bring along, in Hz. */
const ORIGINAL = 440;

beforeAll(async () => {
  const original = makeTone(5, ORIGINAL, 0.1);
  const full = {
    seconds: 20,
    width: 1920,
    height: 1080,
    framesPerSecond: 10,
    sound: makeTone(20, ORIGINAL, 0.1),
  };
  videos.set('long.mov', await makeForeignVideo({ ...full, codec: 'hevc', container: 'mov' }));
  videos.set(
    'open.webm',
    await makeForeignVideo({ ...small, seconds: 5, codec: 'vp9', container: 'webm', sound: original }),
  );
  videos.set('old.webm', await makeForeignVideo({ ...small, seconds: 5, codec: 'vp8', container: 'webm' }));
  videos.set(
    'film.mkv',
    await makeForeignVideo({ ...small, seconds: 5, codec: 'av1', container: 'matroska' }),
  );
  videos.set(
    'sounding.mp4',
    await makeForeignVideo({ ...small, seconds: 5, codec: 'h264', container: 'mp4', sound: original }),
  );
  videos.set('mute.mp4', await makeForeignVideo({ ...small, seconds: 5, codec: 'h264', container: 'mp4' }));
  videos.set(
    'short.mp4',
    await makeForeignVideo({ ...small, seconds: 2.5, codec: 'h264', container: 'mp4' }),
  );
  videos.set(
    'endless.mp4',
    await makeForeignVideo({ ...small, seconds: 21, codec: 'h264', container: 'mp4' }),
  );
  files = await startFileServer((request, response) => {
    const video = videos.get(request.url!.slice(1));
    if (video) response.end(video);
    else response.writeHead(404).end();
  });
  data = await createDataDirectory();
  const started = await startApp(data.path, createBuiltinEngine());
  app = started.app;
  caller = createCaller(started.url, `Bearer ${signToken(app.firstKey)}`);
}, 120_000);
afterAll(async () => {
  await app.close();
  await files.close();
  await data.remove();
});

/** Adds sound to one of the videos and answers the task and the video that came of it. */
async function addSound(
  name: string,
  fields: Record<string, unknown>,
): Promise<{ task: KlingTask; bytes: Buffer }> {
  const created = await caller.post(SOUND, { video_url: `${files.url}/${name}`, ...fields });
  expect(created.body.message).toBe('SUCCEED');
  const task = await caller.wait(SOUND, created.body.data.task_id);
  expect(task.task_status_msg).toBe('');
  return { task, bytes: await download(task.task_result!.videos[0]!.url) };
}

async function download(url: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(url)).arrayBuffer());
}

const rows = [
  ['long.mov', 'hevc', 'video/mp4', 20],
  ['open.webm', 'vp9', 'video/mp4', 5],
  ['old.webm', 'vp8', 'video/webm', 5],
  ['film.mkv', 'av1', 'video/mp4', 5],
] as const;

test.each(rows)(
  '%s (%s) comes back as %s with every picture packet as it was',
  async (name, codec, contentType, seconds) => {
    const began = performance.now();
    const { task, bytes } = await addSound(name, { prompt: 'Ocean waves, seagulls, gentle wind' });
    const took = (performance.now() - began) / 1000;
    const before = await picturePackets(videos.get(name)!);
    expect(await picturePackets(bytes)).toEqual(before);
    const [made] = task.task_result!.videos;
    const response = await fetch(made!.url, { method: 'HEAD' });
    expect(response.headers.get('content-type')).toBe(contentType);
    const facts = await probeMedia(bytes);
    expect(facts.video!.codec).toBe(codec);
    expect(Math.abs(Number(made!.duration) - seconds)).toBeLessThan(0.01);
    expect(Math.abs(facts.audio!.durationSeconds - facts.video!.durationSeconds)).toBeLessThan(0.03);
    expect(task.final_unit_deduction).toBe(String(seconds));
    console.log(`${name}: ${before.count} packets equal, ${seconds} s in ${took.toFixed(1)} s`);
  },
);

describe('what phones, cameras and screen recorders write', () => {
  const five = { ...small, seconds: 5, container: 'mp4', sound: makeTone(5, ORIGINAL, 0.1) } as const;
  // Fast, slow and standing: 5 s in steps of a twelfth.
  const uneven = [0, 1, 2, 3, 9, 10, 11, 30, 31, 32, 33, 34, 40, 47, 48, 55, 59];
  const odd = { width: 481, height: 271 };
  const kinds: Record<string, ForeignVideo> = {
    'held upright': { ...five, codec: 'h264', container: 'mov', rotation: 270 },
    'held upside down': { ...five, codec: 'hevc', rotation: 180 },
    'of ten bits and high dynamic range': { ...five, codec: 'hevc', pixels: 'yuv420p10' },
    'of no constant rate': { ...five, codec: 'h264', frameTimes: uneven },
    'whose first track is the sound': { ...five, codec: 'h264', soundFirst: true },
    'of 4:2:2': { ...five, codec: 'h264', container: 'mov', pixels: 'yuv422p' },
    'of 4:4:4 and an odd size': { ...five, ...odd, codec: 'h264', pixels: 'yuv444p' },
    'of VP9 and an odd size': { ...five, ...odd, codec: 'vp9', container: 'webm' },
  };

  test.each(Object.entries(kinds))(
    'a video %s keeps its pictures, its times and how it is turned',
    async (name, kind) => {
      const before = await makeForeignVideo(kind);
      videos.set(encodeURIComponent(name), before);
      const { task, bytes } = await addSound(encodeURIComponent(name), {
        prompt: 'rain',
        original_audio: 'mix',
      });
      expect(await picturePackets(bytes)).toEqual(await picturePackets(before));
      expect(await pictureTimes(bytes)).toEqual(await pictureTimes(before));
      expect(await turningOf(before)).toBe(kind.rotation);
      expect(await turningOf(bytes)).toBe(kind.rotation);
      const [source, facts] = [await probeMedia(before), await probeMedia(bytes)];
      expect(facts.video!.colour).toEqual(source.video!.colour);
      expect(facts.video).toMatchObject({ width: kind.width, height: kind.height, startSeconds: 0 });
      expect(facts.video!.durationSeconds).toBeCloseTo(5, 1);
      expect(facts.audio!.durationSeconds).toBeCloseTo(facts.video!.durationSeconds, 1);
      expect(Number(task.task_result!.videos[0]!.duration)).toBeCloseTo(5, 1);
      expect(task.final_unit_deduction).toBe('5');
      const samples = await decodeAudio(bytes, 5 * SAMPLE_RATE);
      const middle = samples.left.subarray(SAMPLE_RATE, 4 * SAMPLE_RATE);
      expect(20 * Math.log10(amplitudeAt(middle, ORIGINAL))).toBeGreaterThan(-23);
    },
  );
});

test('the sound comes as MP3 and WAV too, as long as the video', async () => {
  const { task } = await addSound('mute.mp4', { prompt: 'rain' });
  const [audio] = task.task_result!.audios!;
  for (const [url, duration, type, codec] of [
    [audio!.url_mp3, audio!.duration_mp3, 'audio/mpeg', 'mp3'],
    [audio!.url_wav, audio!.duration_wav, 'audio/wav', 'pcm_s16le'],
  ] as const) {
    expect((await fetch(url, { method: 'HEAD' })).headers.get('content-type')).toBe(type);
    const bytes = await download(url);
    expect((await probeMedia(bytes)).audio).toMatchObject({ codec, sampleRate: 48_000, channels: 2 });
    expect((await decodeAudio(bytes, 10 * SAMPLE_RATE)).left.length).toBe(5 * SAMPLE_RATE);
    expect(duration).toBe('5');
  }
});

describe('the sound that was there', () => {
  const prompt = 'loud heavy rain';
  /** Level of the original's tone in dB, over the middle of the video. */
  const levelOf = async (name: string, original_audio: string) => {
    const { bytes } = await addSound(name, { prompt, original_audio });
    const samples = await decodeAudio(bytes, 5 * SAMPLE_RATE);
    const middle = samples.left.subarray(SAMPLE_RATE, 4 * SAMPLE_RATE);
    return { tone: 20 * Math.log10(amplitudeAt(middle, ORIGINAL)), loudness: integratedLoudness(samples) };
  };

  test('goes, stays or steps back, as asked', async () => {
    const replaced = await levelOf('sounding.mp4', 'replace');
    const mixed = await levelOf('sounding.mp4', 'mix');
    const ducked = await levelOf('sounding.mp4', 'duck');
    const show = ({ tone, loudness }: typeof mixed) => `${tone.toFixed(1)} dB (${loudness.toFixed(1)} LUFS)`;
    console.log(`tone of -20 dB: replaced ${show(replaced)}, mixed ${show(mixed)}, ducked ${show(ducked)}`);
    expect(replaced.tone).toBeLessThan(-35);
    expect(Math.abs(mixed.tone + 20)).toBeLessThan(1.5);
    expect(mixed.tone - ducked.tone).toBeGreaterThan(5);
    expect(mixed.tone - ducked.tone).toBeLessThan(9);
  });

  test('is no condition: a mute video can be mixed with too', async () => {
    const { loudness } = await levelOf('mute.mp4', 'mix');
    expect(loudness).toBeGreaterThan(-25);
  });
});

test('the kinds that are asked for are heard, and close recording is quiet', async () => {
  const loudness = async (fields: Record<string, unknown>) => {
    const { bytes } = await addSound('mute.mp4', fields);
    return integratedLoudness(await decodeAudio(bytes, 5 * SAMPLE_RATE));
  };
  const usual = await loudness({ prompt: 'rain', audio_type: 'ambient' });
  const close = await loudness({ prompt: 'rain', audio_type: 'ambient', asmr_mode: true });
  const nothing = await loudness({});
  console.log(
    `rain ${usual.toFixed(1)} LUFS, close ${close.toFixed(1)} LUFS, without words ${nothing.toFixed(1)} LUFS`,
  );
  expect(usual - close).toBeGreaterThan(6);
  expect(nothing).toBeGreaterThan(-60);
  expect(await loudness({ bgm_prompt: 'calm piano', audio_type: 'music' })).toBeGreaterThan(-20);
});

test.each([
  ['short.mp4', 'lasts 2.50 seconds'],
  ['endless.mp4', 'lasts 21.00 seconds'],
  ['missing.mp4', 'status 404'],
])('%s fails with the reason and costs nothing', async (name, reason) => {
  const created = await caller.post(SOUND, { video_url: `${files.url}/${name}` });
  const task = await caller.wait(SOUND, created.body.data.task_id);
  expect(task).toMatchObject({ task_status: 'failed', final_unit_deduction: '0' });
  expect(task.task_status_msg).toContain(reason);
});

test('a video from a picture, started as the AI SDK does, gets its sound by id', async () => {
  // The SDK's sequence: a token per call, string durations, an Idempotency-Key on the start, then polling.
  const start = {
    model_name: 'kling-v2-6',
    image: `${app.address()}/samples/stream.jpg`,
    prompt: 'slow push in',
    mode: 'std',
    duration: '5',
    cfg_scale: 0.5,
    camera_control: { type: 'simple', config: { zoom: -5 } },
  };
  const key = { 'idempotency-key': 'sdk-1' };
  const fresh = () => createCaller(app.address(), `Bearer ${signToken(app.firstKey)}`);
  const first = await fresh().post('/v1/videos/image2video', start, key);
  const repeated = await fresh().post('/v1/videos/image2video', start, key);
  expect(repeated.body).toEqual(first.body);
  const { task_id } = first.body.data;
  const video = await fresh().wait('/v1/videos/image2video', task_id);
  expect(video.task_result!.videos).toEqual([
    { id: expect.any(String), url: expect.any(String), duration: expect.stringMatching(/^5(\.\d+)?$/) },
  ]);
  const mute = await download(video.task_result!.videos[0]!.url);
  expect((await probeMedia(mute)).audio).toBeUndefined();
  const created = await fresh().post(SOUND, {
    video_id: task_id,
    prompt: 'rushing water',
    external_task_id: 'sound of sdk-1',
  });
  await fresh().wait(SOUND, created.body.data.task_id);
  const found = await fresh().get(`${SOUND}/${encodeURIComponent('sound of sdk-1')}`);
  const sounding = await download(found.body.data.task_result!.videos[0]!.url);
  expect(await picturePackets(sounding)).toEqual(await picturePackets(mute));
  expect((await probeMedia(sounding)).audio).toBeDefined();
});
