import type { Queue, TaskChange } from './queue.ts';

/** Where the tasks that wait stand: place by id, 1 is next in its engine's queue. */
type Places = ReadonlyMap<string, number>;

/** Where tasks stand in their engines' queues. */
export interface QueuePlaces {
  /** Begins to listen to the database. Until then every question numbers the queues anew. */
  start(): Promise<void>;
  /** The places as they are, or were when nothing has moved since; queues that have moved are numbered. */
  current(): Promise<Places>;
  /**
   * Places that hold for these tasks, of which each waits. One that is not found has just been begun.
   * @param begun what {@link current} answered when the tasks were about to be read; default: what it answers now
   */
  of(ids: readonly string[], begun?: Promise<Places>): Promise<Places>;
}

/** Places are believed for so many ms without news: while the line to the database is cut there is none. */
const LONGEST = 1_000;

/**
 * Numbers the queues when somebody asks and they have moved since, as the queue's announcements tell, and not for each who
 * asks: a thousand clients poll, and a task begins every few seconds.
 * @param number reads the queues
 */
export function createQueuePlaces(
  queue: Pick<Queue, 'onChange'>,
  number: () => Promise<Places>,
): QueuePlaces {
  let isTold = false;
  let numbering: { places: Promise<Places>; at: number; known: Places | undefined } | undefined;

  function numberAnew(): Promise<Places> {
    const places = number();
    const begun = { places, at: performance.now(), known: undefined as Places | undefined };
    numbering = begun;
    places.then(
      (known) => {
        begun.known = known;
      },
      () => {
        if (numbering === begun) numbering = undefined;
      },
    );
    return places;
  }

  function hear(change: TaskChange | undefined): void {
    // A task that gets on where it is changes nobody's place.
    const isKnown = change && numbering?.known;
    if (!isKnown || isKnown.has(change.taskId) !== (change.state === 'queued')) numbering = undefined;
  }

  function current(): Promise<Places> {
    const isFresh = isTold && numbering && performance.now() - numbering.at < LONGEST;
    return isFresh ? numbering!.places : numberAnew();
  }

  return {
    async start() {
      await queue.onChange(hear);
      isTold = true;
    },
    current,
    async of(ids, begun = current()) {
      const places = await begun;
      return ids.every((id) => places.has(id)) ? places : numberAnew();
    },
  };
}
