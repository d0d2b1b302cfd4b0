/** Makes the sound of a clip on a thread of its own, while the picture is drawn. */
import { parentPort, workerData } from 'node:worker_threads';
import { planSound, renderSound, type SoundRequest } from '../../sound/index.ts';

const plan = planSound(workerData as SoundRequest);
const samples = renderSound(plan);
parentPort!.postMessage({ plan, samples }, [
  samples.left.buffer as ArrayBuffer,
  samples.right.buffer as ArrayBuffer,
]);
