/** Makes the sound of clips on a thread of its own, one after another, while the picture is drawn. */
import { parentPort } from 'node:worker_threads';
import { planSound, renderSound, type SoundPlan, type SoundRequest } from '../../sound/index.ts';

parentPort!.on('message', (wanted: SoundRequest | SoundPlan) => {
  const plan = 'layers' in wanted ? wanted : planSound(wanted);
  const samples = renderSound(plan);
  parentPort!.postMessage({ plan, samples }, [
    samples.left.buffer as ArrayBuffer,
    samples.right.buffer as ArrayBuffer,
  ]);
});
