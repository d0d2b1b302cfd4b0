import { AV_CHANNEL_ORDER_NATIVE, AV_CHANNEL_ORDER_UNSPEC, AV_SAMPLE_FMT_FLTP } from 'node-av/constants';
import { type Frame, SoftwareResampleContext } from 'node-av/lib';
import { StillroarError } from '../errors.ts';
import { createStereo, SAMPLE_RATE, type StereoSamples } from '../sound/samples.ts';
import { check } from './av.ts';
import { decodeFrames } from './decode.ts';
import { type Demuxer, openMedia } from './demux.ts';

/** Two channels, left and right. */
const STEREO = { nbChannels: 2, order: AV_CHANNEL_ORDER_NATIVE, mask: 3n };
/** Samples that one call of the resampler may answer at most. */
const CHUNK = 16_384;

/** Brings frames of any format, rate and channel layout to stereo at {@link SAMPLE_RATE}. */
class StereoConverter {
  private readonly resampler = new SoftwareResampleContext();
  private readonly left = Buffer.alloc(CHUNK * 4);
  private readonly right = Buffer.alloc(CHUNK * 4);

  constructor(first: Frame) {
    const { channelLayout } = first;
    // Files that do not name their channels: two are left and right, one is both.
    const layout =
      channelLayout.order === AV_CHANNEL_ORDER_UNSPEC && channelLayout.nbChannels <= 2
        ? { ...STEREO, nbChannels: channelLayout.nbChannels, mask: channelLayout.nbChannels === 1 ? 4n : 3n }
        : channelLayout;
    check(
      this.resampler.allocSetOpts2(
        STEREO,
        AV_SAMPLE_FMT_FLTP,
        SAMPLE_RATE,
        layout,
        first.format as typeof AV_SAMPLE_FMT_FLTP,
        first.sampleRate,
      ),
      'set up resampler',
    );
    check(this.resampler.init(), 'start resampler');
  }

  /** Feeds a frame (null at the end) and hands over what comes out, a chunk at a time. */
  async feed(frame: Frame | null, take: (left: Float32Array, right: Float32Array) => void): Promise<void> {
    let input = frame ? frame.extendedData : null;
    let inputCount = frame ? frame.nbSamples : 0;
    for (;;) {
      const count = check(
        await this.resampler.convert([this.left, this.right], CHUNK, input, inputCount),
        'resample',
      );
      if (count === 0) return;
      take(
        new Float32Array(this.left.buffer, this.left.byteOffset, count),
        new Float32Array(this.right.buffer, this.right.byteOffset, count),
      );
      if (count < CHUNK) return;
      // The output was full: ask for the rest without new input.
      input = null;
      inputCount = 0;
    }
  }

  free(): void {
    this.resampler.free();
  }
}

async function decodeStream(demuxer: Demuxer, limit: number): Promise<StereoSamples> {
  if (!demuxer.audio) throw new Error('The file has no audio track.');
  const samples = createStereo(limit);
  let written = 0;
  let converter: StereoConverter | undefined;
  const take = (left: Float32Array, right: Float32Array) => {
    const count = Math.min(left.length, limit - written);
    samples.left.set(left.subarray(0, count), written);
    samples.right.set(right.subarray(0, count), written);
    written += count;
  };
  try {
    for await (const frame of decodeFrames(demuxer, demuxer.audio)) {
      converter ??= new StereoConverter(frame);
      await converter.feed(frame, take);
      if (written >= limit) break;
    }
    if (converter && written < limit) await converter.feed(null, take);
  } finally {
    converter?.free();
  }
  return { left: samples.left.subarray(0, written), right: samples.right.subarray(0, written) };
}

/**
 * Decodes the sound of an audio or video file to stereo at 48 kHz, at most `maxSamples` of it.
 *
 * @throws StillroarError `audio-unreadable`
 */
export async function decodeAudio(bytes: Uint8Array, maxSamples: number): Promise<StereoSamples> {
  try {
    const demuxer = await openMedia(bytes);
    try {
      return await decodeStream(demuxer, maxSamples);
    } finally {
      await demuxer.close();
    }
  } catch (cause) {
    throw new StillroarError(
      'audio-unreadable',
      'The audio cannot be decoded. Send a complete MP3, WAV, M4A, AAC, FLAC, Ogg or WebM file with a sound track.',
      { cause },
    );
  }
}
