import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** What each part costs, in references (`support/parts-cost.mjs`): renewed when it is made faster, or when it does more. */
const recorded = { reading: 4.2, drawing: 1.4 };
/** How much more it may cost. */
const TOLERANCE = 1.25;
/** A part that became slower is slower in every process; a machine that was busy is so in some. */
const PROCESSES = 5;

const script = fileURLToPath(new URL('support/parts-cost.mjs', import.meta.url));

/** What the parts cost in a new process, in references. */
function measure(): typeof recorded {
  return JSON.parse(execFileSync(process.execPath, ['--single-threaded', script], { encoding: 'utf8' }));
}

test('reading a picture and drawing its frames have not become slower by a quarter than the reference', () => {
  const best = { reading: Number.POSITIVE_INFINITY, drawing: Number.POSITIVE_INFINITY };
  const tooSlow = () =>
    best.reading >= TOLERANCE * recorded.reading || best.drawing >= TOLERANCE * recorded.drawing;
  for (let process = 0; process < PROCESSES && tooSlow(); process++) {
    const { reading, drawing } = measure();
    console.log(
      `in references: reading a picture ${reading.toFixed(2)}, drawing frames ${drawing.toFixed(2)}`,
    );
    best.reading = Math.min(best.reading, reading);
    best.drawing = Math.min(best.drawing, drawing);
  }
  expect(best.reading).toBeLessThan(TOLERANCE * recorded.reading);
  expect(best.drawing).toBeLessThan(TOLERANCE * recorded.drawing);
});
