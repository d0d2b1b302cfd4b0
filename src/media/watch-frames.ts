import { AV_PIX_FMT_RGB24, SWS_AREA } from 'node-av/constants';
import { Frame, SoftwareScaleContext } from 'node-av/lib';
import type { SmallFrame } from '../sound/watch/frame.ts';
import { check } from './av.ts';
import { decodeFrames } from './decode.ts';
import { openMedia } from './demux.ts';

const WIDTH = 64;
const HEIGHT = 36;

/**
 * Every picture of a video as 64 × 36 pixels of interleaved RGB, in order: enough to see what moves. Any codec, size and
 * pixel format that FFmpeg decodes; the aspect ratio is not kept. A picture whose size changes midway ends the list.
 * Throws when there is no picture track or nothing of it can be decoded.
 */
export async function readSmallFrames(bytes: Uint8Array): Promise<SmallFrame[]> {
  const demuxer = await openMedia(bytes);
  const scaler = new SoftwareScaleContext();
  const small = new Frame();
  small.alloc();
  const frames: SmallFrame[] = [];
  let source = '';
  try {
    if (!demuxer.video) throw new Error('The file has no picture track.');
    for await (const frame of decodeFrames(demuxer, demuxer.video)) {
      const { width, height, format } = frame;
      if (source === '') {
        source = `${width} ${height} ${format}`;
        scaler.getContext(
          width,
          height,
          format as typeof AV_PIX_FMT_RGB24,
          WIDTH,
          HEIGHT,
          AV_PIX_FMT_RGB24,
          SWS_AREA,
        );
      }
      if (source !== `${width} ${height} ${format}`) break;
      Object.assign(small, { width: WIDTH, height: HEIGHT, format: AV_PIX_FMT_RGB24 });
      check(small.getBuffer(), 'reserve frame');
      check(await scaler.scaleFrame(small, frame), 'scale frame');
      frames.push({ width: WIDTH, height: HEIGHT, rgb: pack(small.data![0]!, small.linesize[0]!) });
      small.unref();
    }
  } finally {
    small.free();
    scaler.freeContext();
    await demuxer.close();
  }
  return frames;
}

/** The rows without what pads them. */
function pack(plane: Uint8Array, stride: number): Uint8Array {
  const rgb = new Uint8Array(3 * WIDTH * HEIGHT);
  for (let row = 0; row < HEIGHT; row++) {
    rgb.set(plane.subarray(row * stride, row * stride + 3 * WIDTH), row * 3 * WIDTH);
  }
  return rgb;
}
