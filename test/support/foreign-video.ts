import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUV420P10LE,
  AV_PIX_FMT_YUV422P,
  AV_PIX_FMT_YUV444P,
  AV_PKT_DATA_DISPLAYMATRIX,
  AVCOL_PRI_BT2020,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT2020_NCL,
  AVCOL_TRC_SMPTE2084,
  type FFVideoEncoder,
} from 'node-av/constants';
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

const pixelFormats = {
  yuv420p: AV_PIX_FMT_YUV420P,
  yuv422p: AV_PIX_FMT_YUV422P,
  yuv444p: AV_PIX_FMT_YUV444P,
  yuv420p10: AV_PIX_FMT_YUV420P10LE,
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
  /** Whether the sound is the first track of the file. */
  soundFirst?: boolean;
  /** Default `yuv420p`; ten bits are of high dynamic range (BT.2020, PQ). */
  pixels?: keyof typeof pixelFormats;
  /** How a player turns it, in degrees against the clock. */
  rotation?: 90 | 180 | 270;
  /** When each frame is shown, in frames' worth of time; default: one after the other. */
  frameTimes?: readonly number[];
}

/** The matrix by which players turn a picture: 16.16 fixed point, the last column 2.30 (ISO/IEC 14496-12, 8.3.2). */
export function turningMatrix(degrees: number): Buffer {
  const [cosine, sine] = [Math.cos, Math.sin].map((of) => Math.round(of((-degrees * Math.PI) / 180)));
  const matrix = Buffer.alloc(36);
  const places = [cosine!, -sine!, 0, sine!, cosine!, 0, 0, 0, 1];
  for (const [place, value] of places.entries())
    matrix.writeInt32LE(value * (place === 8 ? 2 ** 30 : 2 ** 16), 4 * place);
  return matrix;
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
  const { width, height, framesPerSecond, container, sound, pixels = 'yuv420p' } = video;
  const pixelFormat = pixelFormats[pixels];
  const [name, options] = encoders[video.codec];
  const format = new FormatContext();
  check(format.allocOutputContext2(null, container, path), 'create');
  const codec = Codec.findEncoderByName(name as FFVideoEncoder);
  const context = new CodecContext();
  context.allocContext3(codec);
  Object.assign(context, { width, height, pixelFormat, gopSize: 2 * framesPerSecond });
  if (pixels === 'yuv420p10') {
    Object.assign(context, {
      colorPrimaries: AVCOL_PRI_BT2020,
      colorTrc: AVCOL_TRC_SMPTE2084,
      colorSpace: AVCOL_SPC_BT2020_NCL,
      colorRange: AVCOL_RANGE_MPEG,
    });
  }
  context.timeBase = new Rational(1, framesPerSecond);
  context.framerate = new Rational(framesPerSecond, 1);
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  check(await context.open2(codec, Dictionary.fromObject({ ...options })), 'open encoder');
  const soundCodec: SoundCodec = container === 'webm' ? 'opus' : 'aac';
  const openSound = async () => sound && (await SoundTrack.open(format, soundCodec));
  const first = video.soundFirst ? await openSound() : undefined;
  const stream = format.newStream(null);
  check(stream.codecpar.fromContext(context), 'describe');
  if (video.rotation) {
    const matrix = turningMatrix(video.rotation);
    check(stream.codecpar.addCodedSideData(AV_PKT_DATA_DISPLAYMATRIX, matrix), 'turn');
  }
  stream.timeBase = context.timeBase;
  const track = first ?? (await openSound());
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
  const count = video.frameTimes?.length ?? Math.round(video.seconds * framesPerSecond);
  const isDeep = pixels === 'yuv420p10';
  /** Fills samples of a plane with a value of 8 bits. */
  const fill = (plane: Buffer, value: number, from = 0, to = Infinity) => {
    if (!isDeep) return plane.fill(value, from, Math.min(to, plane.length));
    const samples = new Uint16Array(plane.buffer, plane.byteOffset, plane.length / 2);
    return samples.fill(4 * value, from, Math.min(to, samples.length));
  };
  for (let index = 0; index < count; index++) {
    Object.assign(frame, { width, height, format: pixelFormat });
    check(frame.getBuffer(), 'reserve');
    const [luma, ...chroma] = frame.data!;
    const stride = frame.linesize[0]! / (isDeep ? 2 : 1);
    fill(luma!, 60);
    const at = Math.floor((index / count) * (width - 40));
    for (let row = 0; row < height; row++) fill(luma!, 200, row * stride + at, row * stride + at + 40);
    for (const plane of chroma) fill(plane, 128);
    const time = video.frameTimes?.[index] ?? index;
    frame.pts = BigInt(time + (video.startFrame ?? 0));
    check(await context.sendFrame(frame), 'send');
    frame.unref();
    await drain();
    if (sound) track?.write(sound, time / framesPerSecond);
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

/** The degrees against the clock by which players turn a file's picture; undefined when they do not. */
export async function turningOf(bytes: Uint8Array): Promise<number | undefined> {
  const demuxer = await openMedia(bytes);
  const matrix = demuxer.video!.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX);
  const found = matrix && [90, 180, 270].find((degrees) => turningMatrix(degrees).equals(matrix));
  await demuxer.close();
  return found ?? undefined;
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

/** When each picture is shown after the first, in ms. */
export async function pictureTimes(bytes: Uint8Array): Promise<number[]> {
  const demuxer = await openMedia(bytes);
  const { num, den } = demuxer.video!.timeBase;
  const times: number[] = [];
  for await (const { pts } of demuxer.packets(demuxer.video!)) times.push((1000 * Number(pts) * num) / den);
  await demuxer.close();
  const first = Math.min(...times);
  return times.map((time) => Math.round(time - first));
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
