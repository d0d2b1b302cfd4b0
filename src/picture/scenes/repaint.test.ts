import { describe, expect, test } from 'vitest';
import { scenes } from './index.ts';
import { sceneEvents } from './paint-scene.ts';
import type { ScenePlan } from './plan.ts';
import { createRepainter, liveMask } from './repaint.ts';
import { readScene } from './words/read-scene.ts';

const planOf = (prompt: string): ScenePlan => readScene(prompt, scenes)!.plan;
const sheet = { width: 240, height: 136, seed: 7 };

describe.each([
  'Ocean waves crashing on shore',
  'Northern lights over a snowy land',
  'A starry night',
  'A campfire',
  'A crackling fireplace',
  'A coral reef under the sea',
  'Flowing colors, abstract',
])('%s', (prompt) => {
  const plan = planOf(prompt);

  test('moves inside its mask, and nowhere else', () => {
    const mask = liveMask(plan, sheet)!;
    const repaint = createRepainter(plan, { ...sheet, width: mask.width, height: mask.height })!;
    const first = repaint(0).green.slice();
    const later = repaint(1.4).green;
    let inside = 0;
    let area = 0;
    let outside = 0;
    mask.values.forEach((value, pixel) => {
      const change = Math.abs(later[pixel]! - first[pixel]!);
      if (value > 0.9) inside += change;
      if (value > 0.9) area++;
      if (value === 0) outside = Math.max(outside, change);
    });
    console.log(
      `${plan.scene}: ${((100 * area) / mask.values.length).toFixed(0)} % is alive and changes by ` +
        `${((255 * inside) / area).toFixed(1)} of 255 in 1.4 s; elsewhere by at most ${(255 * outside).toFixed(1)}`,
    );
    expect((255 * inside) / area).toBeGreaterThan(1);
    // A single spark may stray where none was looked for.
    expect(255 * outside).toBeLessThan(16);
  });

  test('paints the same moment twice', () => {
    const repaint = createRepainter(plan, sheet)!;
    const first = repaint(0.5).red.slice();
    repaint(3);
    expect(repaint(0.5).red).toEqual(first);
  });
});

test('what rests has no moments', () => {
  expect(createRepainter(planOf('a meadow'), sheet)).toBeUndefined();
  expect(liveMask(planOf('a meadow'), sheet)).toBeUndefined();
});

test('a sea tells when its waves break; two seeds differ', () => {
  const eventsOf = (seed: number) => sceneEvents('Ocean waves crashing on shore', { ...sheet, seed }, 5);
  const events = eventsOf(7);
  console.log(
    events
      .map(({ time, strength, pan }) => `${time.toFixed(1)} s (${strength.toFixed(2)}, ${pan})`)
      .join(', '),
  );
  expect(events.filter(({ time }) => time > 0 && time < 5).length).toBeGreaterThanOrEqual(2);
  expect(eventsOf(8)).not.toEqual(events);
  expect(sceneEvents('a meadow', sheet, 5)).toEqual([]);
});
