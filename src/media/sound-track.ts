import {
  AV_CHANNEL_ORDER_NATIVE,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_SAMPLE_FMT_FLT,
  AV_SAMPLE_FMT_FLTP,
  AV_SAMPLE_FMT_S16,
  FF_ENCODER_AAC,
  FF_ENCODER_LIBMP3LAME,
  FF_ENCODER_LIBOPUS,
  FF_ENCODER_PCM_S16LE,
} from 'node-av/constants';
import {
  Codec,
  CodecContext,
  Dictionary,
  type FormatContext,
  Frame,
  Packet,
  Rational,
  type Stream,
} from 'node-av/lib';
import { SAMPLE_RATE, type StereoSamples } from '../sound/samples.ts';
import { check, isDry } from './av.ts';

/** How sound is encoded: AAC for MP4 and its like, Opus for WebM, MP3 and 16-bit PCM for files of their own. */
export type SoundCodec = 'aac' | 'opus' | 'mp3' | 'pcm';

/**
 * Encoder, sample format, samples in a frame, and bits a second. AAC's fast coder takes a quarter of the time of the
 * default and keeps the wave better (bells and piano by 15 dB and more, rain within 3 dB) at the same bit rate.
 */
const codecs = {
  aac: {
    name: FF_ENCODER_AAC,
    format: AV_SAMPLE_FMT_FLTP,
    length: 1024,
    bitRate: 160_000n,
    options: { aac_coder: 'fast' },
  },
  opus: { name: FF_ENCODER_LIBOPUS, format: AV_SAMPLE_FMT_FLT, length: 960, bitRate: 160_000n, options: {} },
  mp3: {
    name: FF_ENCODER_LIBMP3LAME,
    format: AV_SAMPLE_FMT_FLTP,
    length: 1152,
    bitRate: 192_000n,
    options: {},
  },
  pcm: { name: FF_ENCODER_PCM_S16LE, format: AV_SAMPLE_FMT_S16, length: 4096, bitRate: 0n, options: {} },
} as const;

const STEREO = { nbChannels: 2, order: AV_CHANNEL_ORDER_NATIVE, mask: 3n };

/** The sound track of a file that is being written: stereo at 48 kHz. Call {@link free} in the end. */
export class SoundTrack {
  private readonly context = new CodecContext();
  private readonly frame = new Frame();
  private readonly packet = new Packet();
  private readonly format: FormatContext;
  private readonly codec: (typeof codecs)[SoundCodec];
  private stream!: Stream;
  /** Samples that have been encoded. */
  private position = 0;
  private isFlushed = false;

  private constructor(format: FormatContext, codec: SoundCodec) {
    this.format = format;
    this.codec = codecs[codec];
    this.frame.alloc();
    this.packet.alloc();
  }

  /** Adds the track to a file whose header has not been written yet. */
  static async open(format: FormatContext, soundCodec: SoundCodec): Promise<SoundTrack> {
    const track = new SoundTrack(format, soundCodec);
    const { context } = track;
    const codec = Codec.findEncoderByName(track.codec.name);
    context.allocContext3(codec);
    context.sampleRate = SAMPLE_RATE;
    context.sampleFormat = track.codec.format;
    context.channelLayout = STEREO;
    context.bitRate = track.codec.bitRate;
    context.timeBase = new Rational(1, SAMPLE_RATE);
    context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
    try {
      check(await context.open2(codec, Dictionary.fromObject(track.codec.options)), 'open sound encoder');
      track.stream = format.newStream(null);
      check(track.stream.codecpar.fromContext(context), 'describe sound');
      track.stream.timeBase = context.timeBase;
    } catch (error) {
      track.free();
      throw error;
    }
    return track;
  }

  /**
   * Encodes and writes the track, after the header: up to a time in seconds, so that the muxer can put the sound beside
   * its pictures, and from there on at the next call. Without a time all that is left. It does not give way: a frame of
   * sound takes less time than handing it to another thread.
   */
  write(samples: StereoSamples, until = Number.POSITIVE_INFINITY): void {
    const total = samples.left.length;
    const end = Math.min(total, until * SAMPLE_RATE);
    while (this.position < end) {
      const count = Math.min(this.codec.length, total - this.position);
      this.encode(samples, count);
      this.position += count;
    }
    if (this.position < total || this.isFlushed) return;
    this.isFlushed = true;
    check(this.context.sendFrameSync(null), 'flush sound');
    this.drain();
  }

  private encode({ left, right }: StereoSamples, count: number): void {
    const { frame, position } = this;
    frame.format = this.codec.format;
    frame.sampleRate = SAMPLE_RATE;
    frame.channelLayout = STEREO;
    frame.nbSamples = count;
    check(frame.getBuffer(), 'reserve samples');
    const [first, second] = frame.extendedData!;
    if (this.codec.format === AV_SAMPLE_FMT_FLTP) {
      [left, right].forEach((channel, index) => {
        const { buffer, byteOffset } = index === 0 ? first! : second!;
        new Float32Array(buffer, byteOffset, count).set(channel.subarray(position, position + count));
      });
    } else {
      const isFloat = this.codec.format === AV_SAMPLE_FMT_FLT;
      const { buffer, byteOffset } = first!;
      const target = isFloat
        ? new Float32Array(buffer, byteOffset, 2 * count)
        : new Int16Array(buffer, byteOffset, 2 * count);
      const toSample = isFloat ? (value: number) => value : toInteger;
      for (let index = 0; index < count; index++) {
        target[2 * index] = toSample(left[position + index]!);
        target[2 * index + 1] = toSample(right[position + index]!);
      }
    }
    frame.pts = BigInt(position);
    check(this.context.sendFrameSync(frame), 'encode sound');
    frame.unref();
    this.drain();
  }

  private drain(): void {
    const { packet } = this;
    for (;;) {
      const code = this.context.receivePacketSync(packet);
      if (isDry(code)) return;
      check(code, 'encode');
      packet.streamIndex = this.stream.index;
      packet.rescaleTs(this.context.timeBase, this.stream.timeBase);
      check(this.format.interleavedWriteFrameSync(packet), 'write packet');
      packet.unref();
    }
  }

  free(): void {
    this.frame.free();
    this.packet.free();
    this.context.freeContext();
  }
}

/** A sample of full scale ±1 in 16 bits. */
function toInteger(value: number): number {
  return Math.round(Math.max(-1, Math.min(1, value)) * 32_767);
}
