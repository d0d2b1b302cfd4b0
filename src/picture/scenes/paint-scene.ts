import { scenes } from './index.ts';
import { type PaintedScene, paintPlan, type Sheet } from './paint-plan.ts';
import { findSubjects, readScene } from './words/read-scene.ts';

/** The names of all scenes, for the sentence that refuses a prompt: `sea`, `lake`, … */
export const sceneNames: readonly string[] = scenes.map(({ name }) => name);

/**
 * What stands in the way of painting a prompt, in its own words: persons, animals, vehicles, rooms, text. Empty when
 * nothing does; {@link paintScene} may still find no place in it.
 */
export function unpaintable(prompt: string): string[] {
  return findSubjects(prompt, scenes);
}

/**
 * Paints what a prompt names. Undefined when it names no place that can be painted, or asks for something that cannot
 * be: then nothing is painted, never another picture.
 */
export function paintScene(prompt: string, sheet: Sheet): PaintedScene | undefined {
  const reading = unpaintable(prompt).length === 0 ? readScene(prompt, scenes) : undefined;
  return reading && paintPlan(reading.scene, reading.plan, sheet);
}

/** Whether {@link paintScene} would paint a prompt; costs nothing. */
export function canPaint(prompt: string): boolean {
  return unpaintable(prompt).length === 0 && readScene(prompt, scenes) !== undefined;
}
