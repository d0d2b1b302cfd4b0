import { AV_NOPTS_VALUE, AV_PIX_FMT_YUV420P, SWS_BICUBIC } from 'node-av/constants';
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

/** Every picture of a video in 8-bit 4:2:0 and a size of one's own, with the second at which it is shown. */
async function* scaledFrames(
  bytes: Uint8Array,
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
        scaler.getContext(width, height, from, to.width, to.height, AV_PIX_FMT_YUV420P, SWS_BICUBIC);
      }
      Object.assign(scaled, { ...to, format: AV_PIX_FMT_YUV420P });
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
    for await (const { frame, seconds: at } of scaledFrames(bytes, size)) {
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
 * Limited-range planes as interleaved RGB by the matrix of HD video (ITU-R BT.709, 3.2 to 3.4). The scaler would take that
 * of standard definition, whose reds are duller.
 */
function toRgb({ width, height, luma, blueChroma, redChroma }: ReturnType<typeof toView>): Uint8Array {
  const rgb = new Uint8ClampedArray(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      const chroma = (y >> 1) * (width >> 1) + (x >> 1);
      const light = ((luma[pixel]! - 16) * 255) / 219;
      const blue = ((blueChroma[chroma]! - 128) * 255) / 224;
      const red = ((redChroma[chroma]! - 128) * 255) / 224;
      rgb[3 * pixel] = light + 1.5748 * red;
      rgb[3 * pixel + 1] = light - 0.1873 * blue - 0.4681 * red;
      rgb[3 * pixel + 2] = light + 1.8556 * blue;
    }
  }
  return new Uint8Array(rgb.buffer);
}

/**
 * A video's first picture as a JPEG with this long side.
 * @throws when nothing of it can be decoded
 */
export async function readCover(bytes: Uint8Array, longSide: number): Promise<Uint8Array> {
  for await (const { frame } of scaledFrames(bytes)) {
    const view = toView(frame);
    return encodeJpeg(toRgb(view), view, longSide);
  }
  throw new Error('The video has no pictures.');
}
