import { fileURLToPath } from 'node:url';
import type { EngineInput } from '../../src/engines/engine.ts';

/** Work for an engine as a plain request asks for it: a mute 5 s clip of the stream, of 720p. */
export function engineInput(workDirectory: string, changes: Partial<EngineInput> = {}): EngineInput {
  return {
    kind: 'image-to-video',
    taskId: '0123456789abcdef01234567',
    attempt: 1,
    workDirectory,
    model: 'builtin-fast',
    quality: 'fast',
    imagePath: fileURLToPath(new URL('../../samples/stream.jpg', import.meta.url)),
    prompt: 'a stream',
    negativePrompt: '',
    soundPrompt: '',
    musicPrompt: '',
    audio: 'none',
    resolution: '720p',
    seconds: 5,
    framesPerSecond: 24,
    seed: 7,
    extendPrompt: false,
    ...changes,
  };
}
