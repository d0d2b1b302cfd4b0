import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeJpeg } from '../../media/decode-picture.ts';
import { Mp4Writer } from '../../media/encode-mp4.ts';
import { createKernelMemory, frameView, kernelLayout, uploadPicture } from '../../picture/render/layout.ts';
import { regionRectangle } from '../../picture/render/region-detail.ts';
import type { Size } from '../../picture/render/size.ts';
import type { EngineFile, EngineInput, Preview, Stage, Warning, WorkPlan } from '../engine.ts';
import { prepareFilm } from './analyse.ts';
import { writeComment } from './comment.ts';
import { startDrawing } from './drawing.ts';
import { effectSounds, findEffect } from './effects.ts';
import { fitSoundPlan, type GivenPlan, loadPlan } from './given-plan.ts';
import { createPreviewer } from './preview.ts';
import { composeSoundtrack, loadSoundtrack, type Soundtrack } from './soundtrack.ts';

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
  const drawing = startDrawing();
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
    // While the first frame is drawn there is nothing else to do.
    const pendingCover = writeCover(pictures[0]!, source, input.workDirectory);
    try {
      report(10, 'rendering');
      const previewOf = createPreviewer(film.frameCount);
      const pendingTrack = pendingSound?.then(async (soundtrack) => {
        if (!ended.signal.aborted) await writer.writeSound(soundtrack.samples);
        return soundtrack.plan;
      });
      // When a frame fails first, nobody asks for these any more.
      for (const pending of [pendingCover, pendingTrack]) pending?.catch(() => {});
      await drawing.draw({ memory, layout, film, live }, stop, async (index) => {
        const view = frameView(memory, layout, index % RING_LENGTH);
        await writer.writeFrame(view);
        const progress = 10 + Math.floor((80 * (index + 1)) / film.frameCount);
        report(progress, 'rendering', await previewOf(index, view));
      });
      report(90, 'scoring');
      const sound = await pendingTrack;
      report(95, 'encoding');
      await writer.finish();
      const files = [
        { kind: 'video' as const, path: videoPath, contentType: 'video/mp4', durationSeconds: input.seconds },
        await pendingCover,
      ];
      return {
        files: files.map((file) => ({ ...frame, ...file })),
        warnings,
        plan: { picture: film.shot, ...(sound && { sound }) },
      };
    } catch (error) {
      ended.abort();
      // The directory goes when this function has ended: nothing may write there then.
      await Promise.allSettled([pendingCover]);
      await writer.abandon();
      throw error;
    }
  } finally {
    ended.abort();
    await drawing.stop();
  }
}

/** Writes a small JPEG of the picture as the video shows it. */
async function writeCover(rgb: Uint8Array, size: Size, directory: string): Promise<EngineFile> {
  const path = join(directory, 'cover.jpg');
  await writeFile(path, await encodeJpeg(rgb, size, COVER_SIDE));
  return { kind: 'cover', path, contentType: 'image/jpeg' };
}
