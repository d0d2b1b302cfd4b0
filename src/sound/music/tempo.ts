/** How the beats lie in a clip. */
export interface Tempo {
  beatsPerMinute: number;
  /** Whole beats before the last chord. */
  beats: number;
}

/** The last chord rings for so many seconds: at least, best, at most. */
const TAIL = { least: 0.5, best: 1, most: 2 };

/**
 * The tempo at which whole bars of four beats and a tail that rings out fill the clip: 10 s hold 18 beats at 129 bpm. Bars
 * are preferred to half bars, and those to single beats; `wish` (0–1) says where between the slowest and the fastest
 * tempo it should lie. Every one of `hits` (seconds) draws the nearest beat towards itself.
 */
export function fitTempo(
  seconds: number,
  [slowest, fastest]: readonly [number, number],
  wish: number,
  hits: readonly number[] = [],
): Tempo {
  const wanted = slowest + (fastest - slowest) * wish;
  let best: Tempo | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let beatsPerMinute = slowest; beatsPerMinute <= fastest; beatsPerMinute += 0.25) {
    const mostBeats = Math.floor(((seconds - TAIL.least) * beatsPerMinute) / 60);
    for (let beats = Math.max(1, mostBeats - 4); beats <= mostBeats; beats++) {
      const tail = seconds - (beats * 60) / beatsPerMinute;
      const broken = beats % 4 === 0 ? 0 : beats % 2 === 0 ? 0.5 : 1.4;
      const late = tail > TAIL.most ? tail - TAIL.most + 1 : 0;
      const penalty =
        Math.abs(beatsPerMinute - wanted) / (fastest - slowest) +
        broken +
        Math.abs(tail - TAIL.best) +
        late +
        6 * meanMiss(hits, beatsPerMinute);
      if (penalty < least) {
        least = penalty;
        best = { beatsPerMinute, beats };
      }
    }
  }
  // A clip too short for a beat is one chord.
  return best ?? { beatsPerMinute: wanted, beats: 0 };
}

/** Mean distance in beats from each of these times to the nearest beat, 0–0.5. */
function meanMiss(hits: readonly number[], beatsPerMinute: number): number {
  if (hits.length === 0) return 0;
  const misses = hits.map((time) => {
    const beat = (time * beatsPerMinute) / 60;
    return Math.abs(beat - Math.round(beat));
  });
  return misses.reduce((sum, miss) => sum + miss, 0) / hits.length;
}
