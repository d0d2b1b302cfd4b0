import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AV_CODEC_FLAG_GLOBAL_HEADER, AV_PIX_FMT_YUV420P, type FFVideoEncoder } from 'node-av/constants';
import { Codec, CodecContext, Dictionary, FormatContext, Frame, Packet, Rational } from 'node-av/lib';
import { check, isDry } from '../../src/media/av.ts';
import { openMedia } from '../../src/media/demux.ts';
import { type SoundCodec, SoundTrack } from '../../src/media/sound-track.ts';
import { createStereo, SAMPLE_RATE, type StereoSamples, sampleCount } from '../../src/sound/samples.ts';

// The AV1 encoder would print its settings.
process.env.SVT_LOG = '1';

/** Encoders of other people's videos, with options that make them fast. */
const encoders = {
  h264: ['libx264', { preset: 'ultrafast' }],
  hevc: ['libx265', { preset: 'ultrafast', 'x265-params': 'log-level=none' }],
  vp8: ['libvpx', { deadline: 'realtime', 'cpu-used': '8' }],
  vp9: ['libvpx-vp9', { deadline: 'realtime', 'cpu-used': '8' }],
  av1: ['libsvtav1', { preset: '12', 'svtav1-params': 'log-level=0' }],
} as const;

/** A video as somebody else's program would write it. */
export interface ForeignVideo {
  codec: keyof typeof encoders;
  /** FFmpeg's name of the muxer. */
  container: 'mp4' | 'mov' | 'webm' | 'matroska';
  seconds: number;
  width: number;
  height: number;
  framesPerSecond: number;
  /** Frames' worth of time before the first one. Default 0. */
  startFrame?: number;
  /** Its sound; none when left out. */
  sound?: StereoSamples;
}

/** Encodes a bar that wanders over a grey ground. */
export async function makeForeignVideo(video: ForeignVideo): Promise<Buffer> {
  const directory = await mkdtemp(join(tmpdir(), 'stillroar-foreign-'));
  try {
    const path = join(directory, 'video');
    await write(video, path);
    return await readFile(path);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function write(video: ForeignVideo, path: string): Promise<void> {
  const { width, height, framesPerSecond, container, sound } = video;
  const [name, options] = encoders[video.codec];
  const format = new FormatContext();
  check(format.allocOutputContext2(null, container, path), 'create');
  const codec = Codec.findEncoderByName(name as FFVideoEncoder);
  const context = new CodecContext();
  context.allocContext3(codec);
  Object.assign(context, { width, height, pixelFormat: AV_PIX_FMT_YUV420P, gopSize: 2 * framesPerSecond });
  context.timeBase = new Rational(1, framesPerSecond);
  context.framerate = new Rational(framesPerSecond, 1);
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  check(await context.open2(codec, Dictionary.fromObject({ ...options })), 'open encoder');
  const stream = format.newStream(null);
  check(stream.codecpar.fromContext(context), 'describe');
  stream.timeBase = context.timeBase;
  const soundCodec: SoundCodec = container === 'webm' ? 'opus' : 'aac';
  const track = sound && (await SoundTrack.open(format, soundCodec));
  check(await format.openOutput(), 'open');
  check(await format.writeHeader(null), 'header');
  const frame = new Frame();
  const packet = new Packet();
  frame.alloc();
  packet.alloc();
  const drain = async () => {
    for (;;) {
      const code = await context.receivePacket(packet);
      if (isDry(code)) return;
      check(code, 'encode');
      packet.streamIndex = stream.index;
      packet.rescaleTs(context.timeBase, stream.timeBase);
      if (packet.duration === 0n)
        packet.duration = BigInt(Math.round(stream.timeBase.den / stream.timeBase.num / framesPerSecond));
      check(await format.interleavedWriteFrame(packet), 'write');
    }
  };
  const count = Math.round(video.seconds * framesPerSecond);
  for (let index = 0; index < count; index++) {
    Object.assign(frame, { width, height, format: AV_PIX_FMT_YUV420P });
    check(frame.getBuffer(), 'reserve');
    const [luma, ...chroma] = frame.data!;
    luma!.fill(60);
    const at = Math.floor((index / count) * (width - 40));
    for (let row = 0; row < height; row++)
      luma!.fill(200, row * frame.linesize[0]! + at, row * frame.linesize[0]! + at + 40);
    for (const plane of chroma) plane.fill(128);
    frame.pts = BigInt(index + (video.startFrame ?? 0));
    check(await context.sendFrame(frame), 'send');
    frame.unref();
    await drain();
    if (sound) track?.write(sound, index / framesPerSecond);
  }
  check(await context.sendFrame(null), 'flush');
  await drain();
  if (sound) track?.write(sound);
  check(await format.writeTrailer(), 'trailer');
  track?.free();
  frame.free();
  packet.free();
  context.freeContext();
  await format.closeOutput();
  format.freeContext();
}

/** MD5 over the bytes of all picture packets, and how many there are. */
export async function picturePackets(bytes: Uint8Array): Promise<{ md5: string; count: number }> {
  const demuxer = await openMedia(bytes);
  const hash = createHash('md5');
  let count = 0;
  for await (const packet of demuxer.packets(demuxer.video!)) {
    hash.update(packet.data!);
    count++;
  }
  await demuxer.close();
  return { md5: hash.digest('hex'), count };
}

/** A sine tone on both channels. */
export function makeTone(seconds: number, hertz: number, amplitude: number): StereoSamples {
  const samples = createStereo(sampleCount(seconds));
  for (let index = 0; index < samples.left.length; index++) {
    samples.left[index] = amplitude * Math.sin((2 * Math.PI * hertz * index) / SAMPLE_RATE);
  }
  samples.right.set(samples.left);
  return samples;
}

/** The amplitude of one frequency in a stretch of samples (a single bin of a Fourier transform, Hann window). */
export function amplitudeAt(channel: Float32Array, hertz: number): number {
  let [cosine, sine, weight] = [0, 0, 0];
  for (let index = 0; index < channel.length; index++) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / channel.length);
    const phase = (2 * Math.PI * hertz * index) / SAMPLE_RATE;
    cosine += window * channel[index]! * Math.cos(phase);
    sine += window * channel[index]! * Math.sin(phase);
    weight += window;
  }
  return (2 * Math.hypot(cosine, sine)) / weight;
}
