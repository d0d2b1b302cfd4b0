import { setImmediate } from 'node:timers/promises';

/** Reads many things by id at once. */
type ReadMany<Value> = (ids: string[]) => Promise<Value[]>;

/**
 * Merges calls: what is asked for while a read is under way is read together by the next one. A query costs about the
 * same for one id as for fifty, so polling clients stop waiting for each other. A call never sees anything older than
 * itself, because its read begins after it.
 */
export function createBatchedReader<Value extends { id: string }>(
  readMany: ReadMany<Value>,
): (ids: readonly string[]) => Promise<Map<string, Value>> {
  let last: Promise<unknown> = Promise.resolve();
  let next: { ids: Set<string>; values: Promise<Map<string, Value>> } | undefined;

  function begin(): NonNullable<typeof next> {
    const ids = new Set<string>();
    const values = last.then(async () => {
      // Requests that have arrived during the last read get a turn to join this one.
      await setImmediate();
      next = undefined;
      return new Map((await readMany([...ids])).map((value) => [value.id, value]));
    });
    last = values.catch(() => {});
    return { ids, values };
  }

  return (ids) => {
    next ??= begin();
    for (const id of ids) next.ids.add(id);
    return next.values;
  };
}
