import { lookAt, promptIdOf } from './standing.ts';
import type { ComfyTransport, HistoryEntry } from './transport.ts';

/** What earlier runs of a task have left on a server. */
export interface EarlierWork {
  /** Pieces that are made, from the first on, without the last: that one is to be followed. */
  made: HistoryEntry[];
  /** Which trial of the piece after those is alive, or the first that was never submitted. */
  trial: number;
  /** Whether that prompt waits, runs or has succeeded: then it is to be followed, and not submitted again. */
  isAlive: boolean;
  /** How often the server's memory did not suffice. */
  shortages: number;
}

/** How often a piece may be submitted. */
export const MOST_TRIALS = 12;

/** Asks a server for all prompts that a task may have; undefined when it knows none of them. */
export async function lookBack(
  transport: Pick<ComfyTransport, 'history' | 'queue'>,
  taskId: string,
  pieces: number,
): Promise<EarlierWork | undefined> {
  // Asked for once and before the history: what ends meanwhile is found there.
  const queue = await transport.queue();
  const look = (piece: number, trial: number) =>
    lookAt({ ...transport, queue: async () => queue }, promptIdOf(taskId, piece, trial));
  const known: { piece: number; trial: number; standing: Awaited<ReturnType<typeof look>> }[] = [];
  // A server that has restarted knows the later ones and not the first.
  for (let trial = 0; trial < MOST_TRIALS; trial++) {
    for (let piece = 0; piece < pieces; piece++) {
      const standing = await look(piece, trial);
      if (standing.state !== 'unknown') known.push({ piece, trial, standing });
    }
  }
  if (known.length === 0) return undefined;
  const short = known.filter(({ standing }) => standing.state === 'failed' && standing.isOutOfMemory);
  // After a shortage everything is made anew in a smaller size.
  const valid = known.filter(({ trial }) => trial > (short.at(-1)?.trial ?? -1));
  const made: HistoryEntry[] = [];
  for (let piece = 0; piece < pieces; piece++) {
    const found = valid.findLast((one) => one.piece === piece);
    const state = found?.standing.state;
    if (found?.standing.state === 'succeeded' && piece < pieces - 1) made.push(found.standing.entry);
    else {
      const isAlive = state === 'waiting' || state === 'running' || state === 'succeeded';
      const trial = isAlive ? found!.trial : known.at(-1)!.trial + 1;
      return { made, trial, isAlive, shortages: short.length };
    }
  }
  throw new Error('The last piece ends the search.');
}
