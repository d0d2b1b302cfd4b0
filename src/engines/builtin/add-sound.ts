import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StillroarError } from '../../errors.ts';
import { decodeAudio } from '../../media/decode-audio.ts';
import { encodeSound } from '../../media/encode-sound.ts';
import { type MediaFacts, probeMedia, type VideoFacts } from '../../media/probe.ts';
import { replaceSound } from '../../media/replace-sound.ts';
import { readSmallFrames } from '../../media/watch-frames.ts';
import type { SoundRequest } from '../../sound/index.ts';
import { mixOriginal } from '../../sound/mix/mix-original.ts';
import { createStereo, type StereoSamples, sampleCount } from '../../sound/samples.ts';
import { watchFilm } from '../../sound/watch/watch-film.ts';
import type { EngineFile, EngineInput } from '../engine.ts';
import type { Clip, Report } from './clip.ts';
import { effectSounds, findEffect } from './effects.ts';
import { fitSoundPlan, loadPlan } from './given-plan.ts';
import { builtinName } from './models.ts';
import { composeSoundtrack, loadSoundtrack } from './soundtrack.ts';

/** A video whose facts are known. */
interface ReadVideo extends MediaFacts {
  video: VideoFacts;
  bytes: Uint8Array;
}

/**
 * Gives a finished video new sound, composed or the caller's own, instead of or together with the one that it has. What
 * is composed follows what the picture shows. Its packets are copied as they are. The sound comes as files of its own, too.
 *
 * @throws StillroarError when the video or the sound cannot be used; the signal's reason when it was aborted
 */
export async function addSound(input: EngineInput, report: Report, signal: AbortSignal): Promise<Clip> {
  report(0, 'analysing');
  const source = await readVideo(input.videoPath!);
  const { width, height, durationSeconds: seconds } = source.video;
  checkLength(seconds, input.videoSeconds);
  report(10, 'scoring');
  const { prompt, soundPrompt, musicPrompt, seed } = input;
  const { kinds, close, original = 'replace' } = input.sound ?? {};
  const wishes = { ...(kinds && { kinds }), ...(close && { close }) };
  // An effect of ours is heard as it is seen; the words that it ignored do not count for its sound either.
  const effect = input.videoEngine === builtinName && input.effect ? findEffect(input.effect) : undefined;
  const words = effect
    ? { prompt: '', soundPrompt, musicPrompt, preset: effectSounds(effect, seconds) }
    : { prompt, soundPrompt, musicPrompt };
  const { sound: given } = await loadPlan(input);
  const soundtrack =
    input.audio === 'file'
      ? await loadSoundtrack(input.audioPath!, seconds)
      : await composeSoundtrack(
          given
            ? fitSoundPlan(given, seconds)
            : { ...words, ...(await watch(source, input.videoEngine)), seconds, seed, ...wishes },
          signal,
        );
  report(70, 'encoding');
  signal.throwIfAborted();
  const samples =
    original === 'replace' || !source.audio
      ? soundtrack.samples
      : mixOriginal(await readOriginal(source), soundtrack.samples, original);
  const stem = join(input.workDirectory, 'result');
  const video = await replaceSound(source.bytes, samples, stem);
  const files: EngineFile[] = [{ kind: 'video', ...video, width, height, durationSeconds: seconds }];
  report(85, 'encoding');
  files.push(...(await writeSoundFiles(samples, stem, seconds)));
  if (input.coverPath) {
    files.push({ kind: 'cover', path: input.coverPath, contentType: 'image/jpeg', width, height });
  }
  return { files, warnings: [], plan: soundtrack.plan ? { sound: soundtrack.plan } : {} };
}

async function writeSoundFiles(
  samples: StereoSamples,
  stem: string,
  durationSeconds: number,
): Promise<EngineFile[]> {
  const files: EngineFile[] = [];
  for (const [format, contentType] of [
    ['mp3', 'audio/mpeg'],
    ['wav', 'audio/wav'],
  ] as const) {
    const path = `${stem}.${format}`;
    await encodeSound(samples, format, path);
    files.push({ kind: 'audio', path, contentType, durationSeconds });
  }
  return files;
}

async function readVideo(path: string): Promise<ReadVideo> {
  const bytes = await readFile(path);
  const facts = await probeMedia(bytes).catch((cause) => {
    throw unreadable(cause);
  });
  const { video } = facts;
  if (!video?.frameCount) throw unreadable(undefined);
  return { ...facts, video, bytes };
}

/**
 * What the picture shows that its sound can follow. Nothing when it cannot be decoded: it can be copied all the same. And
 * nothing when this engine filmed it: there the words say more than a camera's even way.
 */
async function watch({ bytes, video }: ReadVideo, engine?: string): Promise<Partial<SoundRequest>> {
  if (engine === builtinName) return {};
  const frames = await readSmallFrames(bytes).catch(() => []);
  return frames.length > 1 ? watchFilm(frames, video.framesPerSecond).heard : {};
}

/** The video's own sound from the moment at which its picture begins. */
async function readOriginal({ bytes, video, audio }: ReadVideo): Promise<StereoSamples> {
  const length = sampleCount(video.durationSeconds);
  // How much later the sound begins than the picture, in samples.
  const late = sampleCount((audio?.startSeconds ?? 0) - video.startSeconds);
  const skipped = Math.max(0, -late);
  const silent = Math.min(length, Math.max(0, late));
  const samples = await decodeAudio(bytes, skipped + length - silent);
  const placed = createStereo(length);
  for (const channel of ['left', 'right'] as const) {
    placed[channel].set(samples[channel].subarray(skipped), silent);
  }
  return placed;
}

function checkLength(seconds: number, limits: EngineInput['videoSeconds']): void {
  // Rounding of time stamps is no time.
  const isWithin = !limits || (seconds >= limits.least - 0.001 && seconds <= limits.most + 0.001);
  if (isWithin) return;
  throw new StillroarError(
    'too-large',
    `The video lasts ${seconds.toFixed(2)} seconds; it must last from ${limits.least} to ${limits.most}.`,
  );
}

function unreadable(cause: unknown): StillroarError {
  return new StillroarError(
    'video-unreadable',
    'The video cannot be read. Send a complete MP4, MOV, WebM or MKV file with a picture track.',
    { cause },
  );
}
