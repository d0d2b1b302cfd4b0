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

/** A thread that has made a sound track and waits for the next: its code is loaded and compiled. */
let idle: Worker | undefined;

/** Makes sound for a clip, planned already or not, on another thread; ending the signal ends the thread. */
export function composeSoundtrack(
  wanted: SoundRequest | SoundPlan,
  signal: AbortSignal,
): Promise<Soundtrack> {
  const worker = idle ?? new Worker(compiledPath('./sound-worker.ts', import.meta.url));
  idle = undefined;
  worker.ref();
  const stop = () => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  let end = () => {};
  return new Promise<Soundtrack>((resolve, reject) => {
    const exited = () => reject(new Error('The sound thread ended early.'));
    end = () => {
      signal.removeEventListener('abort', stop);
      worker.off('message', resolve).off('error', reject).off('exit', exited);
    };
    worker.on('message', resolve).on('error', reject).on('exit', exited);
    worker.postMessage(wanted);
  })
    .then((soundtrack) => {
      if (idle) {
        void worker.terminate();
      } else {
        // It does not keep the process alive.
        worker.unref();
        idle = worker;
      }
      return soundtrack;
    })
    .finally(() => end());
}

/** Reads the caller's own sound and brings it to the length of the clip. */
export async function loadSoundtrack(path: string, seconds: number): Promise<Soundtrack> {
  const length = sampleCount(seconds);
  const samples = await decodeAudio(await readFile(path), length + 1);
  return { samples: fitLength(samples, length), plan: undefined };
}
