import type { FrameView } from '../picture/render/kernel.ts';
import type { Size } from '../picture/render/size.ts';
import { sampleCount } from '../sound/samples.ts';
import { decodeAudio } from './decode-audio.ts';
import { encodeJpeg } from './decode-picture.ts';
import { Mp4Writer } from './encode-mp4.ts';
import { probeMedia } from './probe.ts';
import { scaledFrames, toRgb } from './scaled-frames.ts';

/** How a video is written anew. */
export interface Refit {
  /** Both sides even. Default: as it is. */
  size?: Size;
  /** A whole number; frames are repeated or left out, so that each is shown when it was. Default: as it is, rounded. */
  framesPerSecond?: number;
  /** What comes later is cut off. Default: all of it. */
  seconds?: number;
  /** Whether its sound goes along. */
  sound: boolean;
}

/**
 * Writes a video anew as MP4 (H.264, AAC).
 * @throws when there is no picture track or it cannot be decoded
 */
export async function refitVideo(bytes: Uint8Array, path: string, refit: Refit): Promise<void> {
  const { video, audio } = await probeMedia(bytes);
  if (!video) throw new Error('The file has no picture track.');
  const framesPerSecond = refit.framesPerSecond ?? Math.max(1, Math.round(video.framesPerSecond));
  const seconds = Math.min(refit.seconds ?? Infinity, video.durationSeconds);
  const count = Math.max(1, Math.round(seconds * framesPerSecond));
  const size = refit.size ?? { width: video.width & ~1, height: video.height & ~1 };
  const sound = refit.sound && audio !== undefined;
  const writer = await Mp4Writer.create(path, { ...size, framesPerSecond, quality: 'fine', sound });
  try {
    let written = 0;
    let shown: FrameView | undefined;
    /** Shows what came last until so many seconds. */
    const showUntil = async (until: number) => {
      // Rounding of time stamps is no time.
      while (shown && written < count && written / framesPerSecond < until - 0.001) {
        await writer.writeFrame(shown);
        written++;
      }
    };
    for await (const { view, seconds: at } of scaledFrames(bytes, size)) {
      await showUntil(at);
      if (written >= count) break;
      shown = view;
    }
    await showUntil(Infinity);
    if (sound) await writer.writeSound(await decodeAudio(bytes, sampleCount(seconds)));
    await writer.finish();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

/**
 * A video's first picture as a JPEG with this long side.
 * @throws when nothing of it can be decoded
 */
export async function readCover(bytes: Uint8Array, longSide: number): Promise<Uint8Array> {
  for await (const { view } of scaledFrames(bytes)) {
    return encodeJpeg(toRgb(view), view, longSide);
  }
  throw new Error('The video has no pictures.');
}
