import { AV_NOPTS_VALUE, AV_PIX_FMT_RGB24, AV_PIX_FMT_YUV420P, SWS_BICUBIC } from 'node-av/constants';
import { Frame, SoftwareScaleContext } from 'node-av/lib';
import type { Size } from '../picture/render/size.ts';
import { sampleCount } from '../sound/samples.ts';
import { check } from './av.ts';
import { decodeFrames } from './decode.ts';
import { decodeAudio } from './decode-audio.ts';
import { encodeJpeg } from './decode-picture.ts';
import { openMedia } from './demux.ts';
import { Mp4Writer } from './encode-mp4.ts';
import { probeMedia } from './probe.ts';

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

type PixelFormat = typeof AV_PIX_FMT_YUV420P | typeof AV_PIX_FMT_RGB24;

/** Every picture of a video in a pixel format and a size of one's own, with the second at which it is shown. */
async function* scaledFrames(
  bytes: Uint8Array,
  format: PixelFormat,
  size?: Size,
): AsyncGenerator<{ frame: Frame; seconds: number }> {
  const demuxer = await openMedia(bytes);
  const scaled = new Frame();
  scaled.alloc();
  let scaler: SoftwareScaleContext | undefined;
  let source = '';
  let start: bigint | undefined;
  try {
    const { video } = demuxer;
    if (!video) throw new Error('The file has no picture track.');
    const unit = video.timeBase.num / video.timeBase.den;
    for await (const frame of decodeFrames(demuxer, video)) {
      const { width, height } = frame;
      const to = size ?? { width: width & ~1, height: height & ~1 };
      if (source !== `${width} ${height} ${frame.format}`) {
        source = `${width} ${height} ${frame.format}`;
        scaler?.freeContext();
        scaler = new SoftwareScaleContext();
        const from = frame.format as typeof AV_PIX_FMT_YUV420P;
        scaler.getContext(width, height, from, to.width, to.height, format, SWS_BICUBIC);
      }
      Object.assign(scaled, { ...to, format });
      check(scaled.getBuffer(), 'reserve frame');
      check(await scaler!.scaleFrame(scaled, frame), 'scale frame');
      const at = frame.pts === AV_NOPTS_VALUE ? 0n : frame.pts;
      start ??= at;
      yield { frame: scaled, seconds: Number(at - start) * unit };
      scaled.unref();
    }
  } finally {
    scaled.free();
    scaler?.freeContext();
    await demuxer.close();
  }
}

/** A plane's rows without what pads them. */
function pack(plane: Uint8Array, stride: number, width: number, rows: number): Uint8Array {
  const packed = new Uint8Array(width * rows);
  for (let row = 0; row < rows; row++) {
    packed.set(plane.subarray(row * stride, row * stride + width), row * width);
  }
  return packed;
}

function toView({ width, height, data, linesize }: Frame) {
  const [luma, blueChroma, redChroma] = [0, 1, 2].map((index) => {
    const half = index === 0 ? 0 : 1;
    return pack(data![index]!, linesize[index]!, width >> half, height >> half);
  });
  return { luma: luma!, blueChroma: blueChroma!, redChroma: redChroma!, stride: width, width, height };
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
    let shown: ReturnType<typeof toView> | undefined;
    /** Shows what came last until so many seconds. */
    const showUntil = async (until: number) => {
      // Rounding of time stamps is no time.
      while (shown && written < count && written / framesPerSecond < until - 0.001) {
        await writer.writeFrame(shown);
        written++;
      }
    };
    for await (const { frame, seconds: at } of scaledFrames(bytes, AV_PIX_FMT_YUV420P, size)) {
      await showUntil(at);
      if (written >= count) break;
      shown = toView(frame);
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
  for await (const { frame } of scaledFrames(bytes, AV_PIX_FMT_RGB24)) {
    const { width, height } = frame;
    const rgb = pack(frame.data![0]!, frame.linesize[0]!, 3 * width, height);
    return encodeJpeg(rgb, { width, height }, longSide);
  }
  throw new Error('The video has no pictures.');
}
