import { expect, test } from 'vitest';
import { createSurf } from './surf.ts';

const SHORE = 13.5;
const at = (seconds: number) => createSurf(7, SHORE, 1.2, seconds);

/** Metres offshore of the crest of a wave at a place along the beach. */
function crestOf(wave: number, x: number, seconds: number): { offshore: number; broken: number } | undefined {
  const surf = at(seconds);
  for (let z = SHORE - 4; z < SHORE + 90; z += 0.1) {
    const { wave: own, phase, offshore, broken } = surf.at(x, z);
    if (own === wave && phase < 0.02) return { offshore, broken };
  }
  return undefined;
}

test('waves run ashore, slower as it gets shallow', () => {
  const { seconds } = at(0).breaking(5, 0);
  const way = [-4, -2, 0, 2].map((time) => crestOf(5, 0, seconds + time)!.offshore);
  console.log(
    `a crest 4 s and 2 s before it breaks, then, and 2 s later: ${way.map((x) => x.toFixed(1)).join(', ')} m`,
  );
  const steps = way.slice(1).map((offshore, index) => way[index]! - offshore);
  expect(steps[0]!).toBeGreaterThan(steps[1]!);
  expect(steps[1]!).toBeGreaterThan(steps[2]!);
  expect(steps[2]!).toBeGreaterThan(1);
});

test('a wave turns white when it is said to break', () => {
  for (const wave of [4, 5, 6]) {
    for (const x of [-9, 0, 9]) {
      const { seconds } = at(0).breaking(wave, x);
      expect(crestOf(wave, x, seconds + 1.5)!.broken, `wave ${wave} at ${x} m`).toBeGreaterThan(0.6);
      expect(crestOf(wave, x, seconds - 4)!.broken, `wave ${wave} at ${x} m, before`).toBeLessThan(0.3);
    }
  }
});

test('the water goes up the sand and comes back, within a wave', () => {
  const heights = Array.from({ length: 16 }, (_, step) => at(20 + step / 2).runUp(0));
  const range = Math.max(...heights) - Math.min(...heights);
  console.log(`the edge of the water moves by ${range.toFixed(1)} m within 8 s`);
  expect(range).toBeGreaterThan(1.5);
});
