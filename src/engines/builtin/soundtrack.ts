import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { compiledPath } from '../../compiled.ts';
import { decodeAudio } from '../../media/decode-audio.ts';
import type { SoundPlan, SoundRequest } from '../../sound/index.ts';
import { fitLength } from '../../sound/mix/fit-length.ts';
import { type StereoSamples, sampleCount } from '../../sound/samples.ts';

/** A finished sound track, and the plan that it came from when the engine made it. */
export interface Soundtrack {
  samples: StereoSamples;
  plan: SoundPlan | undefined;
}

/** Makes sound for a clip on another thread; ending the signal ends the thread. */
export function composeSoundtrack(request: SoundRequest, signal: AbortSignal): Promise<Soundtrack> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(compiledPath('./sound-worker.ts', import.meta.url), { workerData: request });
    const stop = () => void worker.terminate();
    signal.addEventListener('abort', stop, { once: true });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => {
      signal.removeEventListener('abort', stop);
      reject(new Error('The sound thread ended early.'));
    });
  });
}

/** Reads the caller's own sound and brings it to the length of the clip. */
export async function loadSoundtrack(path: string, seconds: number): Promise<Soundtrack> {
  const length = sampleCount(seconds);
  const samples = await decodeAudio(await readFile(path), length + 1);
  return { samples: fitLength(samples, length), plan: undefined };
}
