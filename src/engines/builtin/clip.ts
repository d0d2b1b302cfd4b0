import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { compiledPath } from '../../compiled.ts';
import { encodeJpeg } from '../../media/decode-picture.ts';
import { Mp4Writer } from '../../media/encode-mp4.ts';
import { createKernelMemory, frameView, kernelLayout, uploadPicture } from '../../picture/render/layout.ts';
import { regionRectangle } from '../../picture/render/region-detail.ts';
import type { Size } from '../../picture/render/size.ts';
import type { EngineFile, EngineInput, Preview, Stage, Warning, WorkPlan } from '../engine.ts';
import { prepareFilm } from './analyse.ts';
import { writeComment } from './comment.ts';
import { effectSounds, findEffect } from './effects.ts';
import { createRing, releaseFrame, waitForFrame } from './frame-ring.ts';
import { fitSoundPlan, type GivenPlan, loadPlan } from './given-plan.ts';
import { type Live, startPainters } from './live.ts';
import { createPreviewer } from './preview.ts';
import { composeSoundtrack, loadSoundtrack, type Soundtrack } from './soundtrack.ts';
import type { WarpWorkerData } from './warp-worker.ts';

/** Frames that may be drawn ahead of the encoder. */
const RING_LENGTH = 4;
/** Long side of the cover picture in pixels. */
const COVER_SIDE = 640;

/** A finished clip. */
export interface Clip {
  files: EngineFile[];
  warnings: Warning[];
  plan: WorkPlan;
}

/** Called with 0–100 and the stage whenever either changes, and with a preview now and then. */
export type Report = (progress: number, stage: Stage, preview?: Preview) => void;

const modules = new Map<string, WebAssembly.Module>();
/** A compiled kernel, loaded once a process. */
async function loadModule(path: string): Promise<WebAssembly.Module> {
  const module =
    modules.get(path) ?? new WebAssembly.Module(await readFile(compiledPath(path, import.meta.url)));
  modules.set(path, module);
  return module;
}

/** Starts the caller's sound or ours, if any is wanted. It is made while the picture is drawn. */
function startSoundtrack(
  input: EngineInput,
  given: GivenPlan,
  signal: AbortSignal,
): Promise<Soundtrack> | undefined {
  if (input.audio === 'none') return undefined;
  if (input.audio === 'file') return loadSoundtrack(input.audioPath!, input.seconds);
  const { soundPrompt, musicPrompt, seconds, seed } = input;
  if (given.sound) return composeSoundtrack(fitSoundPlan(given.sound, seconds), signal);
  const effect = given.picture ? given.picture.effect?.code : input.effect;
  if (effect) {
    const preset = effectSounds(findEffect(effect), seconds);
    return composeSoundtrack({ prompt: '', soundPrompt, musicPrompt, seconds, seed, preset }, signal);
  }
  const { prompt } = input;
  const request = { prompt, soundPrompt, musicPrompt, seconds, seed };
  if (input.kind !== 'text-to-video') return composeSoundtrack({ ...request, events: [] }, signal);
  return import('./paint-picture.ts').then(({ paintedEvents }) =>
    composeSoundtrack({ ...request, events: paintedEvents(input) }, signal),
  );
}

/** Draws all frames on a thread and hands each to `take`, in order. */
async function drawFrames(
  {
    live,
    ...data
  }: Omit<WarpWorkerData, 'ring' | 'module' | 'live' | 'effects'> & { live: Live | undefined },
  signal: AbortSignal,
  take: (index: number) => Promise<void>,
): Promise<void> {
  const ring = createRing();
  const module = await loadModule('../../picture/render/warp.wasm');
  const effects = data.film.effect && (await loadModule('../../picture/effects/kernel/effects.wasm'));
  const painters = live && startPainters(live, data.film);
  const moments = painters && { ring: painters.ring, mask: live.mask };
  const workerData: WarpWorkerData = { ...data, ring, module, live: moments, effects };
  const worker = new Worker(compiledPath('./warp-worker.ts', import.meta.url), { workerData });
  const failed = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    painters?.failed.catch(reject);
  });
  // When the loop below throws first, nobody waits for this any more.
  failed.catch(() => {});
  try {
    for (let index = 0; index < data.film.frameCount; index++) {
      await Promise.race([waitForFrame(ring, index), failed]);
      signal.throwIfAborted();
      await take(index);
      releaseFrame(ring);
    }
  } finally {
    await Promise.all([worker.terminate(), painters?.stop()]);
  }
}

/**
 * Makes a video from one picture: reads it, directs, draws, scores and encodes, all in this process.
 *
 * @param depthModel path of the operator's depth model
 * @throws StillroarError when the input cannot be used; the signal's reason when it was aborted
 */
export async function makeClip(
  input: EngineInput,
  report: Report,
  signal: AbortSignal,
  depthModel?: string,
): Promise<Clip> {
  report(0, 'analysing');
  const given = await loadPlan(input);
  // Ends the helper threads however this function ends, and the picture when there can be no sound for it.
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  const pendingSound = startSoundtrack(input, given, stop);
  pendingSound?.catch((error) => ended.abort(error));
  try {
    const { frame, source, pictures, film, live, warnings } = await prepareFilm(
      input,
      given.picture,
      depthModel,
    );
    const layout = kernelLayout(source, frame, RING_LENGTH, {
      regions: film.regions.flatMap((region) =>
        region.type === 'flow' ? [regionRectangle(region, source)] : [],
      ),
      ...(film.near && { over: 'near' as const }),
      ...(film.transition && { over: 'last' as const }),
      fine: input.quality === 'fine',
    });
    const memory = createKernelMemory(layout);
    pictures.forEach((rgb, index) => {
      uploadPicture(memory, layout, rgb, index);
    });
    stop.throwIfAborted();

    const videoPath = join(input.workDirectory, 'video.mp4');
    const writer = await Mp4Writer.create(videoPath, {
      ...frame,
      framesPerSecond: input.framesPerSecond,
      quality: input.quality,
      sound: pendingSound !== undefined,
      comment: writeComment(input),
      ...(film.transition && { exactFrame: film.frameCount - 1 }),
    });
    try {
      report(10, 'rendering');
      const previewOf = createPreviewer(film.frameCount);
      await drawFrames({ memory, layout, film, live }, stop, async (index) => {
        const view = frameView(memory, layout, index % RING_LENGTH);
        await writer.writeFrame(view);
        const progress = 10 + Math.floor((80 * (index + 1)) / film.frameCount);
        report(progress, 'rendering', await previewOf(index, view));
      });
      report(90, 'scoring');
      const soundtrack = await pendingSound;
      report(95, 'encoding');
      if (soundtrack) await writer.writeSound(soundtrack.samples);
      await writer.finish();
      const files = [
        { kind: 'video' as const, path: videoPath, contentType: 'video/mp4', durationSeconds: input.seconds },
        await writeCover(pictures[0]!, source, input.workDirectory),
      ];
      return {
        files: files.map((file) => ({ ...frame, ...file })),
        warnings,
        plan: { picture: film.shot, ...(soundtrack?.plan && { sound: soundtrack.plan }) },
      };
    } catch (error) {
      await writer.abandon();
      throw error;
    }
  } finally {
    ended.abort();
  }
}

/** Writes a small JPEG of the picture as the video shows it. */
async function writeCover(rgb: Uint8Array, size: Size, directory: string): Promise<EngineFile> {
  const path = join(directory, 'cover.jpg');
  await writeFile(path, await encodeJpeg(rgb, size, COVER_SIDE));
  return { kind: 'cover', path, contentType: 'image/jpeg' };
}
