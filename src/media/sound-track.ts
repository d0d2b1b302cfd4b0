import {
  AV_CHANNEL_ORDER_NATIVE,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_SAMPLE_FMT_FLTP,
  FF_ENCODER_AAC,
} from 'node-av/constants';
import { Codec, CodecContext, type FormatContext, Frame, Packet, Rational, type Stream } from 'node-av/lib';
import { SAMPLE_RATE, type StereoSamples } from '../sound/samples.ts';
import { check, isDry } from './av.ts';

/** Bits a second. */
const BIT_RATE = 160_000n;
/** Samples in an AAC frame. */
const FRAME_LENGTH = 1024;
const STEREO = { nbChannels: 2, order: AV_CHANNEL_ORDER_NATIVE, mask: 3n };

/** The AAC track of a file that is being written: stereo at 48 kHz. Call {@link free} in the end. */
export class AacTrack {
  private readonly context = new CodecContext();
  private readonly format: FormatContext;
  private stream!: Stream;

  private constructor(format: FormatContext) {
    this.format = format;
  }

  /** Adds the track to a file whose header has not been written yet. */
  static async open(format: FormatContext): Promise<AacTrack> {
    const track = new AacTrack(format);
    const { context } = track;
    const codec = Codec.findEncoderByName(FF_ENCODER_AAC);
    context.allocContext3(codec);
    context.sampleRate = SAMPLE_RATE;
    context.sampleFormat = AV_SAMPLE_FMT_FLTP;
    context.channelLayout = STEREO;
    context.bitRate = BIT_RATE;
    context.timeBase = new Rational(1, SAMPLE_RATE);
    context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
    try {
      check(await context.open2(codec), 'open AAC encoder');
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
   * Encodes and writes the whole track; call it once, after the header. It does not give way: a frame of sound takes
   * less time than handing it to another thread.
   */
  write(samples: StereoSamples): void {
    const frame = new Frame();
    const packet = new Packet();
    frame.alloc();
    packet.alloc();
    try {
      for (let start = 0; start < samples.left.length; start += FRAME_LENGTH) {
        const count = Math.min(FRAME_LENGTH, samples.left.length - start);
        frame.format = AV_SAMPLE_FMT_FLTP;
        frame.sampleRate = SAMPLE_RATE;
        frame.channelLayout = STEREO;
        frame.nbSamples = count;
        check(frame.getBuffer(), 'reserve samples');
        [samples.left, samples.right].forEach((channel, index) => {
          const bytes = frame.extendedData![index]!;
          new Float32Array(bytes.buffer, bytes.byteOffset, count).set(channel.subarray(start, start + count));
        });
        frame.pts = BigInt(start);
        check(this.context.sendFrameSync(frame), 'encode sound');
        frame.unref();
        this.drain(packet);
      }
      check(this.context.sendFrameSync(null), 'flush sound');
      this.drain(packet);
    } finally {
      frame.free();
      packet.free();
    }
  }

  private drain(packet: Packet): void {
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
    this.context.freeContext();
  }
}
