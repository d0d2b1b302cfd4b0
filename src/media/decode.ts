import { Codec, CodecContext, Frame, type Stream } from 'node-av/lib';
import { check, isDry } from './av.ts';
import type { Demuxer } from './demux.ts';

/**
 * Decodes one stream of an opened file to its end. Each frame is valid until the next is asked for.
 * Throws when there is no decoder or nothing at all can be decoded; a damaged packet in the middle is left out, as
 * players do.
 */
export async function* decodeFrames(demuxer: Demuxer, stream: Stream): AsyncGenerator<Frame> {
  const codec = Codec.findDecoder(stream.codecpar.codecId);
  if (!codec) throw new Error('There is no decoder for this codec.');
  const context = new CodecContext();
  context.allocContext3(codec);
  const frame = new Frame();
  frame.alloc();
  let decoded = 0;
  let damage: unknown;
  try {
    check(context.parametersToContext(stream.codecpar), 'read codec parameters');
    context.pktTimebase = stream.timeBase;
    context.threadCount = 2;
    check(await context.open2(codec), 'open decoder');
    const drain = async function* () {
      for (;;) {
        const code = await context.receiveFrame(frame);
        if (isDry(code)) return;
        check(code, 'decode');
        decoded++;
        yield frame;
        frame.unref();
      }
    };
    for await (const packet of demuxer.packets(stream)) {
      const code = await context.sendPacket(packet);
      if (code < 0 && !isDry(code)) {
        damage ??= code;
        continue;
      }
      yield* drain();
    }
    check(await context.sendPacket(null), 'flush decoder');
    yield* drain();
    if (decoded === 0) check(typeof damage === 'number' ? damage : -1, 'decode');
  } finally {
    frame.free();
    context.freeContext();
  }
}
