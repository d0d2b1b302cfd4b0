import type { Engine } from '../engines/engine.ts';

/** What a worker has room for. */
export interface Room {
  /** How many tasks may be taken, whichever of the other engines they are for. */
  count: number;
  /** Engines that there is no room for. */
  full: string[];
}

/**
 * Tells how many more tasks a process may begin. Engines whose work other machines do have room of their own, so that
 * neither they nor the work of this process keep the other waiting; all others share this process' slots.
 * @param slots how many tasks this process works on itself
 * @param atOnce how many tasks of an engine may be at work, by its name, instead of its own slots
 */
export function createRoom(
  engines: readonly Pick<Engine, 'name' | 'slots'>[],
  slots: number,
  atOnce: Readonly<Record<string, number>>,
): (busy: readonly string[]) => Room {
  const elsewhere = engines.filter((engine) => (engine.slots ?? 0) > 0);
  const here = engines.filter((engine) => !elsewhere.includes(engine));
  const rooms = [
    { names: here.map(({ name }) => name), slots },
    ...elsewhere.map(({ name, slots: own = 0 }) => ({ names: [name], slots: atOnce[name] ?? own })),
  ];
  /** @param busy the engine of each task at work */
  return (busy) => {
    const states = rooms.map((room) => ({
      names: room.names,
      free: room.slots - busy.filter((engine) => room.names.includes(engine)).length,
    }));
    const open = states.filter(({ free }) => free > 0).map(({ free }) => free);
    return {
      count: open.length > 0 ? Math.min(...open) : 0,
      full: states.filter(({ free }) => free <= 0).flatMap(({ names }) => names),
    };
  };
}
