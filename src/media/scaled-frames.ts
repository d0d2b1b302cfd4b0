import { AV_NOPTS_VALUE, AV_PIX_FMT_YUV420P, SWS_BICUBIC } from 'node-av/constants';
import { Frame, SoftwareScaleContext } from 'node-av/lib';
import type { FrameView } from '../picture/render/kernel.ts';
import type { Size } from '../picture/render/size.ts';
import { check } from './av.ts';
import { decodeFrames } from './decode.ts';
import { openMedia } from './demux.ts';
import { withoutPadding } from './without-padding.ts';

/**
 * Every picture of a video in 8-bit 4:2:0 and a size of one's own (default: its own, made even), with the second at which
 * it is shown.
 * @throws when there is no picture track or it cannot be decoded
 */
export async function* scaledFrames(
  bytes: Uint8Array,
  size?: Size,
): AsyncGenerator<{ view: FrameView; seconds: number }> {
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
      yield { view: toView(scaled), seconds: Number(at - start) * unit };
      scaled.unref();
    }
  } finally {
    scaled.free();
    scaler?.freeContext();
    await demuxer.close();
  }
}

function toView({ width, height, data, linesize }: Frame): FrameView {
  const [luma, blueChroma, redChroma] = [0, 1, 2].map((index) => {
    const half = index === 0 ? 0 : 1;
    return withoutPadding(data![index]!, linesize[index]!, width >> half, height >> half);
  });
  return { luma: luma!, blueChroma: blueChroma!, redChroma: redChroma!, stride: width, width, height };
}

/**
 * Limited-range planes as interleaved RGB by the matrix of HD video (ITU-R BT.709, 3.2 to 3.4). The scaler would take that
 * of standard definition, whose reds are duller.
 */
export function toRgb({ width, height, luma, blueChroma, redChroma }: FrameView): Uint8Array {
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
