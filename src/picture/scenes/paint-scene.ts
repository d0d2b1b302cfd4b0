import { scenes } from './index.ts';
import { type PaintedScene, paintPlan, type Sheet, setUp } from './paint-plan.ts';
import type { SceneEvent } from './scene.ts';
import { findSubjects, readScene } from './words/read-scene.ts';

/** The names of all scenes, for the sentence that refuses a prompt: `sea`, `lake`, … */
export const sceneNames: readonly string[] = scenes.map(({ name }) => name);

/**
 * What a prompt asks for that cannot be painted, in its own words: persons, animals, vehicles, rooms, text. The place
 * that it names, if any, is painted without them.
 */
export function unpaintable(prompt: string): string[] {
  return [...new Set(findSubjects(prompt, scenes))];
}

/** Paints the place that a prompt names. Undefined when it names none: then nothing is painted, never another picture. */
export function paintScene(prompt: string, sheet: Sheet): PaintedScene | undefined {
  const reading = readScene(prompt, scenes);
  return reading && paintPlan(reading.scene, reading.plan, sheet);
}

/** Whether {@link paintScene} would paint a prompt; costs nothing. */
export function canPaint(prompt: string): boolean {
  return readScene(prompt, scenes) !== undefined;
}

/** What of a painted scene is to be heard when it is seen, in a film of so many seconds; see {@link paintScene}. */
export function sceneEvents(prompt: string, sheet: Sheet, seconds: number): SceneEvent[] {
  const reading = readScene(prompt, scenes);
  return reading?.scene.live?.events?.(setUp(reading.scene, reading.plan, sheet), seconds) ?? [];
}
