/**
 * Lets a depth model look at one picture, told over IPC, and ends: what the runtime takes in memory goes with it, and what
 * a broken model does to the process nobody else feels.
 */
import { readFile } from 'node:fs/promises';
import { toNearness } from '../../picture/depth/model-depth.ts';
import type { DepthAnswer, DepthQuestion } from './depth-model.ts';
import { loadOnnxRuntime, onnxRuntimes } from './depth-runtime.ts';
import { runDepthModel, UnusableModel } from './run-depth-model.ts';

async function answer({ path, rgb, size }: DepthQuestion): Promise<DepthAnswer> {
  const model = await readFile(path).catch((error: unknown) => {
    throw new UnusableModel('its file cannot be read', error);
  });
  const loaded = await loadOnnxRuntime();
  if (!loaded) throw new UnusableModel(`none of ${onnxRuntimes.join(' and ')} is installed`);
  const nearness = toNearness(await runDepthModel(loaded.runtime, model, rgb, size));
  if (!nearness) throw new UnusableModel('it sees no depth');
  return { nearness, runtime: loaded.name };
}

process.once('message', async (question: DepthQuestion) => {
  const given = await answer(question).catch((error: unknown): DepthAnswer => {
    const { message, cause } = error as Error;
    const isKnown = error instanceof UnusableModel;
    return {
      problem: isKnown ? message : 'the runtime failed',
      detail: String((cause as Error | undefined)?.message ?? message),
    };
  });
  process.send?.(given, () => process.exit(0));
});
// Without its parent nobody would ever read the answer. Ctrl+C reaches the whole group; the parent decides.
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => {});
