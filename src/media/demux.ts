import {
  AVERROR_EOF,
  AVFMT_FLAG_CUSTOM_IO,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
  AVSEEK_CUR,
  AVSEEK_END,
  AVSEEK_SIZE,
} from 'node-av/constants';
import { FormatContext, InputFormat, IOContext, Packet, type Stream } from 'node-av/lib';
import { check, isDry } from './av.ts';
import { type Container, sniffContainer } from './sniff.ts';

/** How many bytes FFmpeg asks for at a time. */
const READ_BUFFER = 64 * 1024;

/** A film has a handful of tracks; each costs memory before its first packet. */
const MOST_TRACKS = 64;
/** Larger pictures than any camera's film, in pixels, are refused before a decoder reserves them: 8192 × 4320. */
const MOST_FRAME_PIXELS = 35_400_000;
/** Packets of ten minutes at 1,000 frames a second. */
const MOST_PACKETS = 600_000;

/** An opened media file. */
export interface Demuxer {
  container: Container;
  /** Length that the container states, in seconds; undefined when it states none. */
  durationSeconds: number | undefined;
  /** Its comment; undefined when it has none. */
  comment: string | undefined;
  video: Stream | undefined;
  audio: Stream | undefined;
  /** The packets of the given streams, in file order. Each is valid until the next is asked for. */
  packets(...streams: Stream[]): AsyncGenerator<Packet>;
  close(): Promise<void>;
}

/** Lets FFmpeg read from memory: it gets bytes, never a path or an address. */
function memoryReader(bytes: Uint8Array): IOContext {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let position = 0;
  const reader = new IOContext();
  reader.allocContextWithCallbacks(
    READ_BUFFER,
    0,
    (size) => {
      if (position >= buffer.length) return AVERROR_EOF;
      const chunk = buffer.subarray(position, position + size);
      position += chunk.length;
      return chunk;
    },
    null,
    (offset, whence) => {
      if (whence === AVSEEK_SIZE) return BigInt(buffer.length);
      const from = whence === AVSEEK_CUR ? position : whence === AVSEEK_END ? buffer.length : 0;
      position = Math.max(0, Math.min(buffer.length, from + Number(offset)));
      return BigInt(position);
    },
  );
  return reader;
}

/**
 * Opens a media file that lies in memory, with the demuxer that its first bytes name and no other.
 * Throws when the bytes are none of the known containers or cannot be read.
 */
export async function openMedia(bytes: Uint8Array): Promise<Demuxer> {
  const container = sniffContainer(bytes);
  if (!container) throw new Error('The bytes are no known audio or video container.');
  const format = InputFormat.findInputFormat(container);
  if (!format) throw new Error(`This FFmpeg has no demuxer for ${container}.`);
  const reader = memoryReader(bytes);
  const context = new FormatContext();
  context.allocContext();
  context.setFlags(AVFMT_FLAG_CUSTOM_IO);
  context.pb = reader;
  context.maxStreams = MOST_TRACKS;
  const close = async () => {
    await context.closeInput();
    reader.freeContext();
  };
  try {
    check(await context.openInput('', format), 'open');
    check(await context.findStreamInfo(), 'find streams');
    for (const { codecpar } of context.streams) {
      if (codecpar.width * codecpar.height > MOST_FRAME_PIXELS) {
        throw new Error(`The pictures have ${codecpar.width} × ${codecpar.height} pixels.`);
      }
    }
  } catch (error) {
    await close();
    throw error;
  }
  const best = (type: typeof AVMEDIA_TYPE_VIDEO | typeof AVMEDIA_TYPE_AUDIO) => {
    const index = context.findBestStream(type);
    return index < 0 ? undefined : context.streams[index];
  };
  return {
    container,
    durationSeconds: context.duration > 0n ? Number(context.duration) / 1e6 : undefined,
    comment: context.metadata?.get('comment') ?? undefined,
    video: best(AVMEDIA_TYPE_VIDEO),
    audio: best(AVMEDIA_TYPE_AUDIO),
    async *packets(...streams) {
      const wanted = new Set(streams.map((stream) => stream.index));
      const packet = new Packet();
      packet.alloc();
      try {
        for (let count = 0; ; count++) {
          const code = await context.readFrame(packet);
          if (isDry(code)) return;
          check(code, 'read');
          if (count >= MOST_PACKETS) throw new Error(`The file has more than ${MOST_PACKETS} packets.`);
          if (wanted.has(packet.streamIndex)) yield packet;
          packet.unref();
        }
      } finally {
        packet.free();
      }
    },
    close,
  };
}
