import type { Manifest } from './manifest.ts';
import { lookAt, promptIdOf } from './standing.ts';
import type { ComfyTransport } from './transport.ts';

/** Prompts that one task may cause. */
export const MOST_PROMPTS = 12;

/** What earlier runs of a task have left on a server. */
export interface EarlierWork {
  /** The prompt that is alive, or the first that was never submitted. */
  n: number;
  /** Which of the manifest's sizes it has. */
  tier: number;
  /** Whether that prompt waits, runs or has succeeded: then it is to be followed, and not submitted again. */
  isAlive: boolean;
}

/** Asks a server for all prompts that a task may have; undefined when it knows none of them. */
export async function lookBack(
  transport: Pick<ComfyTransport, 'history' | 'queue'>,
  taskId: string,
  { tiers }: Pick<Manifest, 'tiers'>,
): Promise<EarlierWork | undefined> {
  let found: EarlierWork | undefined;
  let tier = 0;
  // A server that has restarted knows the later ones and not the first.
  for (let n = 0; n < MOST_PROMPTS; n++) {
    const standing = await lookAt(transport, promptIdOf(taskId, n));
    if (standing.state === 'unknown') continue;
    const hasEnded = standing.state === 'failed' || standing.state === 'interrupted';
    if (!hasEnded) return { n, tier, isAlive: true };
    if (standing.state === 'failed' && standing.isOutOfMemory) tier = Math.min(tier + 1, tiers.length - 1);
    found = { n: n + 1, tier, isAlive: false };
  }
  return found;
}
