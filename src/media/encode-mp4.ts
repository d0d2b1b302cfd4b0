import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_YUV420P,
  AVCHROMA_LOC_CENTER,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
  FF_ENCODER_LIBX264,
} from 'node-av/constants';
import {
  Codec,
  CodecContext,
  Dictionary,
  FormatContext,
  Frame,
  Packet,
  Rational,
  type Stream,
} from 'node-av/lib';
import type { FrameView } from '../picture/render/kernel.ts';
import type { Size } from '../picture/render/size.ts';
import type { StereoSamples } from '../sound/samples.ts';
import { check, isDry } from './av.ts';
import { SoundTrack } from './sound-track.ts';

const efforts = {
  fast: { preset: 'veryfast', crf: '19.4' },
  fine: { preset: 'fast', crf: '18' },
  small: { preset: 'slow', crf: '28' },
} as const;

/** What the MP4 shall hold. */
export interface Mp4Options extends Size {
  framesPerSecond: number;
  /** Whether a sound track will be written. */
  sound: boolean;
  /**
   * How hard the encoder tries: `fine` takes about twice as long for a sharper, larger file; `small` takes its time for a
   * preview that loads at once. Default `fast`.
   */
  quality?: keyof typeof efforts;
  /** Index of a frame that has to look like the picture that it shows, grain and all: the one that a clip ends on. */
  exactFrame?: number;
  /** Text for the file's comment atom. */
  comment?: string;
}

/** Bytes to which a row of luma is rounded up: as the renderer does it, so that a plane is copied as a whole. */
const ROW_ALIGNMENT = 16;

/** Quantizer of a frame that has to be exact: about 40 dB. */
const EXACT = 15;

/**
 * What the encoder leaves out of a film that one camera takes in one go. It has no cuts, and everything goes on moving, so
 * that looking ahead for what will stay, which takes a third of the encoder's time, tells little that a higher ratio
 * between the quality of frames that others are made from and of those that none is made from does not. Blocks that move
 * as their neighbours do need not be moved in parts. `npm run bench -- encoder` compares all of it with the preset's own.
 */
const ONE_TAKE = [
  'partitions=i8x8,i4x4',
  'no-mbtree=1',
  'rc-lookahead=0',
  'b-adapt=0',
  'scenecut=0',
  'bframes=4',
  'ipratio=1.7',
  'pbratio=1.4',
];

/** H.264 as every player takes it. Small files matter more than encoder speed up to 1080p, memory above. */
function x264Options({ quality = 'fast', exactFrame, ...size }: Mp4Options): Record<string, string> {
  const parameters: string[] = [];
  if (quality === 'fast') parameters.push(...ONE_TAKE);
  // At 4k each frame of lookahead costs 20 MB and saves next to nothing.
  else if (size.width * size.height > 2_100_000) parameters.push('rc-lookahead=8', 'sync-lookahead=0');
  if (exactFrame !== undefined) parameters.push(`zones=${exactFrame},${exactFrame},q=${EXACT}`);
  return { ...efforts[quality], profile: 'high', 'x264-params': parameters.join(':') };
}

/** Writes an MP4 with H.264 and AAC, its index first, so that it plays while it still loads. */
export class Mp4Writer {
  private readonly format = new FormatContext();
  private readonly packet = new Packet();
  private readonly frame = new Frame();
  private readonly video = new CodecContext();
  private videoStream!: Stream;
  private sound: SoundTrack | undefined;
  private readonly options: Mp4Options;
  /** The planes of {@link frame}, in FFmpeg's memory. */
  private planes: Buffer[] = [];
  private framesWritten = 0;

  private constructor(options: Mp4Options) {
    this.options = options;
  }

  /** Creates the file, replacing what is there. Call {@link finish} or {@link abandon} in the end. */
  static async create(path: string, options: Mp4Options): Promise<Mp4Writer> {
    const writer = new Mp4Writer(options);
    try {
      await writer.open(path);
    } catch (error) {
      await writer.abandon();
      throw error;
    }
    return writer;
  }

  private async open(path: string): Promise<void> {
    check(this.format.allocOutputContext2(null, 'mp4', path), 'create MP4');
    this.packet.alloc();
    this.frame.alloc();
    await this.openVideo();
    if (this.options.sound) this.sound = await SoundTrack.open(this.format, 'aac');
    const { comment } = this.options;
    if (comment !== undefined) this.format.metadata = Dictionary.fromObject({ comment });
    check(await this.format.openOutput(), 'open file');
    // The muxer waits for the sound however late it comes, so that the same frames and sound are the same file.
    const muxing = Dictionary.fromObject({ movflags: '+faststart', max_interleave_delta: '0' });
    check(await this.format.writeHeader(muxing), 'write header');
  }

  private async openVideo(): Promise<void> {
    const { width, height, framesPerSecond } = this.options;
    const codec = Codec.findEncoderByName(FF_ENCODER_LIBX264);
    const { video } = this;
    video.allocContext3(codec);
    video.width = width;
    video.height = height;
    video.pixelFormat = AV_PIX_FMT_YUV420P;
    video.timeBase = new Rational(1, framesPerSecond);
    video.framerate = new Rational(framesPerSecond, 1);
    video.gopSize = 2 * framesPerSecond;
    video.threadCount = 0;
    video.colorSpace = AVCOL_SPC_BT709;
    video.colorPrimaries = AVCOL_PRI_BT709;
    video.colorTrc = AVCOL_TRC_BT709;
    video.colorRange = AVCOL_RANGE_MPEG;
    video.chromaLocation = AVCHROMA_LOC_CENTER;
    video.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
    check(await video.open2(codec, Dictionary.fromObject(x264Options(this.options))), 'open H.264 encoder');
    this.videoStream = this.format.newStream(null);
    check(this.videoStream.codecpar.fromContext(video), 'describe video');
    this.videoStream.timeBase = video.timeBase;
    this.videoStream.avgFrameRate = video.framerate;
  }

  /** Writes what the encoder has finished; that takes less time than handing it to another thread. */
  private drain(): void {
    for (;;) {
      const code = this.video.receivePacketSync(this.packet);
      if (isDry(code)) return;
      check(code, 'encode');
      this.writePacket();
    }
  }

  private writePacket(): void {
    const { packet, video, videoStream } = this;
    packet.streamIndex = videoStream.index;
    packet.rescaleTs(video.timeBase, videoStream.timeBase);
    check(this.format.interleavedWriteFrameSync(packet), 'write packet');
    packet.unref();
  }

  /**
   * Gives the frame memory, once for all that are written: x264 copies what it is sent. Memory of its own for each would be
   * cleared for each, and its views would have the garbage collected ten times a clip.
   */
  private reserveFrame(): void {
    const { frame } = this;
    frame.unref();
    frame.width = this.options.width;
    frame.height = this.options.height;
    frame.format = AV_PIX_FMT_YUV420P;
    check(frame.getBuffer(ROW_ALIGNMENT), 'reserve frame');
    this.planes = frame.data!;
  }

  /** Appends a frame. Its bytes are copied before the first wait, so the caller may reuse them at once. */
  async writeFrame(view: FrameView): Promise<void> {
    const { width, height } = this.options;
    const { frame } = this;
    if (!frame.isWritable) this.reserveFrame();
    [view.luma, view.blueChroma, view.redChroma].forEach((plane, index) => {
      const half = index === 0 ? 0 : 1;
      const from = view.stride >> half;
      const to = frame.linesize[index]!;
      const target = this.planes[index]!;
      if (from === to) {
        target.set(plane.subarray(0, from * (height >> half)));
        return;
      }
      for (let row = 0; row < height >> half; row++) {
        target.set(plane.subarray(row * from, row * from + (width >> half)), row * to);
      }
    });
    frame.pts = BigInt(this.framesWritten++);
    check(await this.video.sendFrame(frame), 'encode frame');
    this.drain();
  }

  /** Writes the whole sound track; call it once, at any time. The muxer puts it between the frames. */
  async writeSound(samples: StereoSamples): Promise<void> {
    if (!this.sound) throw new Error('The file was created without a sound track.');
    this.sound.write(samples);
  }

  /** Completes the file. */
  async finish(): Promise<void> {
    check(await this.video.sendFrame(null), 'flush video');
    // The frames that the encoder still holds are encoded now.
    for (;;) {
      const code = await this.video.receivePacket(this.packet);
      if (isDry(code)) break;
      check(code, 'encode');
      this.writePacket();
    }
    check(await this.format.writeTrailer(), 'write index');
    await this.abandon();
  }

  /** Frees everything; without {@link finish} the file is not playable. */
  async abandon(): Promise<void> {
    await this.format.closeOutput();
    this.packet.free();
    this.frame.free();
    this.video.freeContext();
    this.sound?.free();
    this.format.freeContext();
  }
}
