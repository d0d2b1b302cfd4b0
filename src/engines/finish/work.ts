import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StillroarError } from '../../errors.ts';
import { joinVideos, readLastPicture } from '../../media/join-videos.ts';
import { probeMedia } from '../../media/probe.ts';
import { readCover, refitVideo } from '../../media/refit-video.ts';
import { replaceSound } from '../../media/replace-sound.ts';
import type { EngineInput, Warning } from '../engine.ts';
import { chooseFit } from './choose-fit.ts';

/** Bring a model's video to what was asked for. */
export interface FitJob {
  do: 'fit';
  path: string;
  /** Where new files go. */
  directory: string;
  wish: Pick<EngineInput, 'resolution' | 'seconds' | 'framesPerSecond'>;
  /** Whether the sound that the model made is wanted. */
  keepsSound: boolean;
}

/** Write a video's frames at another rate and size, without sound. */
export interface ResampleJob {
  do: 'resample';
  path: string;
  to: string;
  framesPerSecond: number;
  shortSide: number;
}

/** Write a video's last picture as a PNG. */
export interface LastPictureJob {
  do: 'last-picture';
  path: string;
  to: string;
}

/** Write videos one after the other as one. */
export interface JoinJob {
  do: 'join';
  paths: readonly string[];
  to: string;
}

/** What the process of a finisher can be told. */
export type FinishJob = FitJob | ResampleJob | LastPictureJob | JoinJob;

/** What came of a {@link FitJob}. */
export interface FittedVideo {
  path: string;
  contentType: string;
  width: number;
  height: number;
  durationSeconds: number;
  hasSound: boolean;
  coverPath: string;
  warnings: Warning[];
}

/** Long side of the cover picture in pixels. */
const COVER_SIDE = 640;

async function read(path: string) {
  const bytes = await readFile(path);
  const facts = await probeMedia(bytes).catch((cause) => {
    throw unreadable(cause);
  });
  const { video } = facts;
  if (!video?.frameCount) throw unreadable();
  return { ...facts, video, bytes };
}

function unreadable(cause?: unknown): StillroarError {
  return new StillroarError('engine-failed', 'What the model made is no video that can be read.', { cause });
}

/** @throws StillroarError `engine-failed` when the file is no video */
export async function fitVideo({ path, directory, wish, keepsSound }: FitJob): Promise<FittedVideo> {
  const source = await read(path);
  const { refit, warnings } = chooseFit(source, wish);
  const hasSound = keepsSound && source.audio !== undefined;
  let made = { path, contentType: 'video/mp4' };
  if (refit) {
    made = { ...made, path: join(directory, 'fitted.mp4') };
    await refitVideo(source.bytes, made.path, { ...refit, sound: hasSound });
  } else if (source.audio && !keepsSound) {
    made = await replaceSound(source.bytes, undefined, join(directory, 'mute'));
  }
  const { video } = made.path === path ? source : await read(made.path);
  const coverPath = join(directory, 'cover.jpg');
  await writeFile(coverPath, await readCover(source.bytes, COVER_SIDE));
  const { width, height, durationSeconds } = video;
  return { ...made, width, height, durationSeconds, hasSound, coverPath, warnings };
}

async function resampleVideo({ path, to, framesPerSecond, shortSide }: ResampleJob): Promise<void> {
  const { bytes, video } = await read(path);
  const scale = Math.min(1, shortSide / Math.min(video.width, video.height));
  const even = (side: number) => Math.max(32, 2 * Math.round((side * scale) / 2));
  const size = { width: even(video.width), height: even(video.height) };
  await refitVideo(bytes, to, { size, framesPerSecond, sound: false });
}

async function writeLastPicture({ path, to }: LastPictureJob): Promise<void> {
  const { bytes } = await read(path);
  await writeFile(to, await readLastPicture(bytes));
}

async function writeJoined({ paths, to }: JoinJob): Promise<void> {
  const parts = await Promise.all(paths.map(read));
  await joinVideos(
    parts.map(({ bytes }) => bytes),
    to,
  );
}

/**
 * Does what the process of a finisher is told.
 * @throws StillroarError `engine-failed` when a file is no video
 */
export async function doFinishJob(job: FinishJob): Promise<FittedVideo | null> {
  switch (job.do) {
    case 'fit':
      return fitVideo(job);
    case 'resample':
      await resampleVideo(job);
      return null;
    case 'last-picture':
      await writeLastPicture(job);
      return null;
    case 'join':
      await writeJoined(job);
      return null;
  }
}
