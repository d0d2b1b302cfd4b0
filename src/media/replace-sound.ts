import { AV_CODEC_ID_HEVC, AV_NOPTS_VALUE } from 'node-av/constants';
import { avGetCodecName, Dictionary, FormatContext, type Stream } from 'node-av/lib';
import type { StereoSamples } from '../sound/samples.ts';
import { check } from './av.ts';
import { openMedia } from './demux.ts';
import type { Container } from './sniff.ts';
import { type SoundCodec, SoundTrack } from './sound-track.ts';

/** A container that is written. */
interface Target {
  /** Name of FFmpeg's muxer. */
  muxer: string;
  extension: string;
  contentType: string;
  sound: SoundCodec;
  options: Record<string, string>;
}

const FAST_START = { movflags: '+faststart' };

const targets = {
  mp4: { muxer: 'mp4', extension: 'mp4', contentType: 'video/mp4', sound: 'aac', options: FAST_START },
  mov: { muxer: 'mov', extension: 'mov', contentType: 'video/quicktime', sound: 'aac', options: FAST_START },
  webm: { muxer: 'webm', extension: 'webm', contentType: 'video/webm', sound: 'opus', options: {} },
  mkv: { muxer: 'matroska', extension: 'mkv', contentType: 'video/x-matroska', sound: 'aac', options: {} },
} as const satisfies Record<string, Target>;

/** Codecs that MP4 is registered for (mp4ra.org) and that players expect in it. */
const inMp4 = new Set(['h264', 'hevc', 'vp9', 'av1', 'mpeg4']);

/** MP4 wherever it may hold the picture, because every player takes it; else the container that the video came in. */
function chooseTarget(container: Container, codec: string): Target {
  if (inMp4.has(codec)) return targets.mp4;
  if (container === 'mov') return targets.mov;
  return codec === 'vp8' ? targets.webm : targets.mkv;
}

/** Tag of HEVC whose parameters stand in the file's header, where Apple's players look for them. */
const HVC1 = 'hvc1';

function describe(source: Stream, target: Stream): void {
  const { codecId, extradata } = source.codecpar;
  const isHvc1 = codecId === AV_CODEC_ID_HEVC && extradata !== null && extradata.length > 0;
  check(source.codecpar.copy(target.codecpar), 'describe video');
  // The tag belongs to the container that it was read from; the muxer chooses its own.
  target.codecpar.codecTag = isHvc1 ? HVC1 : 0;
  target.timeBase = source.timeBase;
  target.avgFrameRate = source.avgFrameRate;
}

/**
 * Writes a video with the picture track of another, packet for packet, and new sound or none. Sound that the other had is left
 * out; the comment stays. An MP4's index stands first. A picture that begins late begins at once.
 *
 * @param video a file that lies in memory
 * @param samples as long as the video shall be heard; undefined for a mute one
 * @param stem path of the file to write without its extension, which depends on the picture's codec
 * @throws when there is no picture track, or it fits into none of the containers
 */
export async function replaceSound(
  video: Uint8Array,
  samples: StereoSamples | undefined,
  stem: string,
): Promise<{ path: string; contentType: string }> {
  const demuxer = await openMedia(video);
  const format = new FormatContext();
  let track: SoundTrack | undefined;
  try {
    const source = demuxer.video;
    if (!source) throw new Error('The file has no picture track.');
    const target = chooseTarget(demuxer.container, avGetCodecName(source.codecpar.codecId) ?? '');
    const path = `${stem}.${target.extension}`;
    check(format.allocOutputContext2(null, target.muxer, path), 'create video');
    const stream = format.newStream(null);
    describe(source, stream);
    const { comment } = demuxer;
    if (comment !== undefined) format.metadata = Dictionary.fromObject({ comment });
    if (samples) track = await SoundTrack.open(format, target.sound);
    check(await format.openOutput(), 'open file');
    check(await format.writeHeader(Dictionary.fromObject(target.options)), 'write header');
    const start = source.startTime === AV_NOPTS_VALUE ? 0n : source.startTime;
    const seconds = source.timeBase.num / source.timeBase.den;
    for await (const packet of demuxer.packets(source)) {
      packet.pts -= start;
      if (packet.dts !== AV_NOPTS_VALUE) packet.dts -= start;
      if (samples) track?.write(samples, Number(packet.pts) * seconds);
      packet.streamIndex = stream.index;
      packet.rescaleTs(source.timeBase, stream.timeBase);
      check(await format.interleavedWriteFrame(packet), 'write packet');
    }
    if (samples) track?.write(samples);
    check(await format.writeTrailer(), 'write index');
    return { path, contentType: target.contentType };
  } finally {
    track?.free();
    await format.closeOutput();
    format.freeContext();
    await demuxer.close();
  }
}
