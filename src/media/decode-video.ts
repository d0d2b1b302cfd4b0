import { AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUVJ420P } from 'node-av/constants';
import type { YuvPlanes } from '../picture/render/planes.ts';
import { decodeFrames } from './decode.ts';
import { openMedia } from './demux.ts';
import { withoutPadding } from './without-padding.ts';

/**
 * Decodes every frame of an 8-bit 4:2:0 video, in order.
 * Throws when there is no picture track, or one of another pixel format.
 */
export async function* decodeVideo(bytes: Uint8Array): AsyncGenerator<YuvPlanes> {
  const demuxer = await openMedia(bytes);
  try {
    if (!demuxer.video) throw new Error('The file has no picture track.');
    for await (const frame of decodeFrames(demuxer, demuxer.video)) {
      if (frame.format !== AV_PIX_FMT_YUV420P && frame.format !== AV_PIX_FMT_YUVJ420P) {
        throw new Error('The picture track is not 8-bit 4:2:0.');
      }
      const { width, height } = frame;
      const [luma, blueChroma, redChroma] = frame.data!.map((plane, index) => {
        const half = index === 0 ? 0 : 1;
        return withoutPadding(plane, frame.linesize[index]!, (width + half) >> half, (height + half) >> half);
      });
      yield { width, height, luma: luma!, blueChroma: blueChroma!, redChroma: redChroma! };
    }
  } finally {
    await demuxer.close();
  }
}
