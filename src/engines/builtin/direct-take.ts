import { type Brief, direct } from '../../picture/direct/direct.ts';

type Directed = ReturnType<typeof direct>;

/** How many seeds are looked through for something new to do. */
const MOST_TRIES = 64;
/** Movements that come round again are this much stronger or weaker. */
const WEAKER = 0.5;

/** What the camera does, without how much: shots that differ in it differ to the eye. */
function outline({ moves }: Directed): string {
  return JSON.stringify(moves.map(({ kind, direction, span }) => [kind, direction, span]));
}

/**
 * Directs one of several videos of the same request. The first does what the words say; the others do it too, each with
 * another gentle movement beside it, because words that say everything would make them all the same. What the negative
 * prompt forbids stays forbidden, and a camera that is to stand still stands still.
 *
 * @param brief with the take's own seed; the seeds of a request's takes are consecutive
 * @param take from 0
 */
export function directTake(brief: Brief, take: number): Directed {
  if (take === 0) return direct(brief);
  const firstSeed = brief.seed - take;
  const shots = [direct({ ...brief, seed: firstSeed })];
  const outlines = new Set(shots.map(outline));
  for (let step = 1; step <= MOST_TRIES && shots.length <= take; step++) {
    const shot = direct({ ...brief, extendPrompt: true, seed: firstSeed + step });
    if (outlines.has(outline(shot))) continue;
    outlines.add(outline(shot));
    shots.push(shot);
  }
  const shot = shots[take % shots.length]!;
  const factor = WEAKER ** Math.floor(take / shots.length);
  const moves = shot.moves.map((move) => ({ ...move, strength: move.strength * factor }));
  return { ...shot, seed: brief.seed, moves };
}
