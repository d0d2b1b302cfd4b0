import type { FrameView } from '../picture/render/kernel.ts';
import { encodePng } from './decode-picture.ts';
import { Mp4Writer } from './encode-mp4.ts';
import { probeMedia } from './probe.ts';
import { scaledFrames, toRgb } from './scaled-frames.ts';

/**
 * A video's last picture as a PNG.
 * @throws when nothing of it can be decoded
 */
export async function readLastPicture(bytes: Uint8Array): Promise<Uint8Array> {
  let last: FrameView | undefined;
  for await (const { view } of scaledFrames(bytes)) last = view;
  if (!last) throw new Error('The video has no pictures.');
  return encodePng(toRgb(last), last);
}

/** A part's brightness and colours may differ from the one before by so much, and are corrected: what is more is meant. */
const MOST_GAIN = 1.15;
const MOST_SHIFT = 16;

function meanAndDeviation(plane: Uint8Array): { mean: number; deviation: number } {
  let sum = 0;
  let squares = 0;
  for (const value of plane) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / plane.length;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / plane.length - mean * mean)) };
}

/**
 * A table that gives one plane the mean and spread of another (Reinhard et al., "Color transfer between images", 2001),
 * within limits.
 */
function matchPlane(from: Uint8Array, to: Uint8Array): Uint8Array {
  const [source, target] = [meanAndDeviation(from), meanAndDeviation(to)];
  const ratio = source.deviation < 1 ? 1 : target.deviation / source.deviation;
  const gain = Math.min(MOST_GAIN, Math.max(1 / MOST_GAIN, ratio));
  const shift = Math.min(MOST_SHIFT, Math.max(-MOST_SHIFT, target.mean - source.mean));
  return Uint8Array.from({ length: 256 }, (_, value) =>
    Math.min(255, Math.max(0, Math.round((value - source.mean) * gain + source.mean + shift))),
  );
}

const planes = ['luma', 'blueChroma', 'redChroma'] as const;
type Tables = Record<(typeof planes)[number], Uint8Array>;

function matchPicture(from: FrameView, to: FrameView): Tables {
  const [luma, blueChroma, redChroma] = planes.map((plane) => matchPlane(from[plane], to[plane]));
  return { luma: luma!, blueChroma: blueChroma!, redChroma: redChroma! };
}

function correct(view: FrameView, tables: Tables): FrameView {
  const corrected = { ...view };
  for (const plane of planes) corrected[plane] = view[plane].map((value) => tables[plane][value]!);
  return corrected;
}

/**
 * Writes parts of a video one after the other as one mute MP4. Each part begins with the last picture of the one before,
 * as its model drew it anew: that picture is left out, and tells how the part's brightness and colours have drifted.
 * @param parts files that lie in memory
 * @throws when one has no picture track or cannot be decoded
 */
export async function joinVideos(parts: readonly Uint8Array[], path: string): Promise<void> {
  const { video } = await probeMedia(parts[0]!);
  if (!video) throw new Error('The file has no picture track.');
  const size = { width: video.width & ~1, height: video.height & ~1 };
  const framesPerSecond = Math.max(1, Math.round(video.framesPerSecond));
  const writer = await Mp4Writer.create(path, { ...size, framesPerSecond, quality: 'fine', sound: false });
  try {
    let last: FrameView | undefined;
    for (const part of parts) {
      const before = last;
      let tables: Tables | undefined;
      for await (const { view } of scaledFrames(part, size)) {
        if (before && !tables) {
          tables = matchPicture(view, before);
          continue;
        }
        last = tables ? correct(view, tables) : view;
        await writer.writeFrame(last);
      }
    }
    await writer.finish();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}
