import { AVMEDIA_TYPE_AUDIO } from 'node-av/constants';
import { avGetCodecName, type Stream } from 'node-av/lib';
import { type Demuxer, openMedia } from './demux.ts';
import type { Container } from './sniff.ts';

/** Facts about the picture track, counted from its packets. */
export interface VideoFacts {
  codec: string;
  width: number;
  height: number;
  frameCount: number;
  framesPerSecond: number;
  /** When the first picture is shown. */
  startSeconds: number;
  durationSeconds: number;
  /** FFmpeg's numbers for matrix, primaries, transfer and range: BT.709 limited is 1, 1, 1, 1. */
  colour: { matrix: number; primaries: number; transfer: number; range: number };
}

/** Facts about the sound track, counted from its packets. */
export interface AudioFacts {
  codec: string;
  sampleRate: number;
  channels: number;
  /** When the first sample is heard. */
  startSeconds: number;
  durationSeconds: number;
}

/** What a media file holds. */
export interface MediaFacts {
  container: Container;
  /** What its comment says; undefined when it has none. */
  comment: string | undefined;
  video: VideoFacts | undefined;
  audio: AudioFacts | undefined;
}

/** Counts a stream's packets and the time from the first to the end of the last, in seconds. */
async function measure(demuxer: Demuxer, streams: Stream[]) {
  const found = new Map(
    streams.map((stream) => [stream.index, { count: 0, start: Infinity, end: -Infinity }]),
  );
  for await (const packet of demuxer.packets(...streams)) {
    const entry = found.get(packet.streamIndex)!;
    entry.count++;
    entry.start = Math.min(entry.start, Number(packet.pts));
    entry.end = Math.max(entry.end, Number(packet.pts + packet.duration));
  }
  return (stream: Stream) => {
    const { count, start, end } = found.get(stream.index)!;
    const seconds = stream.timeBase.num / stream.timeBase.den;
    // Samples before zero prime the decoder and are not heard.
    const heard = stream.codecpar.codecType === AVMEDIA_TYPE_AUDIO ? Math.max(0, start) : start;
    if (count === 0) return { count, start: 0, seconds: 0 };
    return { count, start: heard * seconds, seconds: (end - heard) * seconds };
  };
}

/** Reads a file's facts from its packets, not from what its header claims. Throws when it cannot be read. */
export async function probeMedia(bytes: Uint8Array): Promise<MediaFacts> {
  const demuxer = await openMedia(bytes);
  try {
    const { video, audio } = demuxer;
    const measured = await measure(
      demuxer,
      [video, audio].filter((stream) => stream !== undefined),
    );
    const { container, comment } = demuxer;
    const facts: MediaFacts = { container, comment, video: undefined, audio: undefined };
    if (video) {
      const { count, start, seconds } = measured(video);
      const { codecpar } = video;
      facts.video = {
        codec: avGetCodecName(codecpar.codecId) ?? 'unknown',
        width: codecpar.width,
        height: codecpar.height,
        frameCount: count,
        framesPerSecond: seconds > 0 ? count / seconds : 0,
        startSeconds: start,
        durationSeconds: seconds,
        colour: {
          matrix: codecpar.colorSpace,
          primaries: codecpar.colorPrimaries,
          transfer: codecpar.colorTrc,
          range: codecpar.colorRange,
        },
      };
    }
    if (audio) {
      const { start, seconds } = measured(audio);
      facts.audio = {
        codec: avGetCodecName(audio.codecpar.codecId) ?? 'unknown',
        sampleRate: audio.codecpar.sampleRate,
        channels: audio.codecpar.channels,
        startSeconds: start,
        durationSeconds: seconds,
      };
    }
    return facts;
  } finally {
    await demuxer.close();
  }
}
