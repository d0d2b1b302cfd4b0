import { Dictionary, FormatContext } from 'node-av/lib';
import type { StereoSamples } from '../sound/samples.ts';
import { AacTrack } from './aac-track.ts';
import { check } from './av.ts';
import { openMedia } from './demux.ts';

/**
 * Writes an MP4 with the picture track of another, packet for packet, and new sound. Sound that the other had is left
 * out; its index stands first again.
 *
 * @param video an MP4 that lies in memory
 * @param samples as long as the video shall be heard
 * @param path the file to write, replacing what is there
 * @throws when there is no MP4 or no picture track
 */
export async function replaceSound(video: Uint8Array, samples: StereoSamples, path: string): Promise<void> {
  const demuxer = await openMedia(video);
  const format = new FormatContext();
  let track: AacTrack | undefined;
  try {
    const source = demuxer.video;
    if (!source || demuxer.container !== 'mov') throw new Error('The file is no MP4 with a picture track.');
    check(format.allocOutputContext2(null, 'mp4', path), 'create MP4');
    const target = format.newStream(null);
    check(source.codecpar.copy(target.codecpar), 'describe video');
    // The tag belongs to the container that it was read from; the muxer chooses its own.
    target.codecpar.codecTag = 0;
    target.timeBase = source.timeBase;
    target.avgFrameRate = source.avgFrameRate;
    track = await AacTrack.open(format);
    check(await format.openOutput(), 'open file');
    check(await format.writeHeader(Dictionary.fromObject({ movflags: '+faststart' })), 'write header');
    for await (const packet of demuxer.packets(source)) {
      packet.streamIndex = target.index;
      packet.rescaleTs(source.timeBase, target.timeBase);
      check(await format.interleavedWriteFrame(packet), 'write packet');
    }
    track.write(samples);
    check(await format.writeTrailer(), 'write index');
  } finally {
    track?.free();
    await format.closeOutput();
    format.freeContext();
    await demuxer.close();
  }
}
