import type { RgbImage } from '../image.ts';
import { blur } from '../pixels/box.ts';
import { dilate } from '../pixels/morphology.ts';
import type { Plane } from '../pixels/plane.ts';
import { smoothstep } from '../pixels/smoothstep.ts';
import type { Canvas } from './canvas/canvas.ts';
import { develop } from './canvas/film.ts';
import { scenes } from './index.ts';
import { filmOf, type Sheet, setUp } from './paint-plan.ts';
import { FIRST_BOLT, paintStaffage } from './parts/staffage.ts';
import type { ScenePlan } from './plan.ts';

/** Paints one moment after another of a scene that never rests. The image is overwritten by the next moment. */
export type Repainter = (seconds: number) => RgbImage;

/**
 * A painter for the moments of a plan; undefined when nothing in its scene is alive. What rests is painted once. There
 * are no brush strokes: they would boil.
 */
export function createRepainter(plan: ScenePlan, sheet: Sheet): Repainter | undefined {
  const scene = scenes.find(({ name }) => name === plan.scene)!;
  if (!scene.live && !plan.features.includes('lightning')) return undefined;
  const easel = setUp(scene, plan, { ...sheet, isFilmed: true });
  const film = filmOf(scene, plan);
  scene.paint(easel);
  const { canvas } = easel;
  const rest = copyOf(canvas);
  return (seconds) => {
    restore(canvas, rest);
    const now = { ...easel, seconds };
    scene.live?.paint(now);
    paintStaffage(now);
    develop(canvas, film);
    return canvas;
  };
}

type Copy = Pick<Canvas, 'red' | 'green' | 'blue' | 'distance' | 'regions' | 'veils'>;

function copyOf({ red, green, blue, distance, regions, veils }: Canvas): Copy {
  return {
    red: red.slice(),
    green: green.slice(),
    blue: blue.slice(),
    distance: distance.slice(),
    regions: regions.map((plane) => plane.slice()),
    veils: new Map([...veils].map(([name, plane]) => [name, plane.slice()])),
  };
}

function restore(canvas: Canvas, rest: Copy): void {
  for (const plane of ['red', 'green', 'blue', 'distance'] as const) canvas[plane].set(rest[plane]);
  canvas.regions.forEach((plane, index) => {
    plane.set(rest.regions[index]!);
  });
  for (const [name, plane] of canvas.veils) {
    const was = rest.veils.get(name);
    if (was) plane.set(was);
    else plane.fill(0);
  }
}

/** Pixels of the small picture on which {@link liveMask} looks for what changes. */
const LOOK_PIXELS = 240 * 135;
/** The moments that it compares, in seconds. */
const looks = [0, FIRST_BOLT, 1.9, 3.2, 4.6, 6.1, 7.7, 9.4];
/** What differs by less than this (of 1) is at rest; by more than this it is alive. */
const [CALM, ALIVE] = [0.006, 0.03];

/** Where a scene is alive, 0–1, with a soft border; undefined when nothing in it is. */
export function liveMask(plan: ScenePlan, { width, height, seed }: Sheet): Plane | undefined {
  const scale = Math.min(1, Math.sqrt(LOOK_PIXELS / (width * height)));
  const small = { width: Math.round(width * scale), height: Math.round(height * scale) };
  const repaint = createRepainter(plan, { ...small, seed });
  if (!repaint) return undefined;
  const count = small.width * small.height;
  const least = new Float32Array(count * 3).fill(1);
  const most = new Float32Array(count * 3);
  for (const seconds of looks) {
    const { red, green, blue } = repaint(seconds);
    [red, green, blue].forEach((plane, channel) => {
      plane.forEach((value, pixel) => {
        const at = channel * count + pixel;
        if (value < least[at]!) least[at] = value;
        if (value > most[at]!) most[at] = value;
      });
    });
  }
  const range = Float32Array.from({ length: count }, (_, pixel) => {
    const of = (channel: number) => most[channel * count + pixel]! - least[channel * count + pixel]!;
    return smoothstep(CALM, ALIVE, Math.max(of(0), of(1), of(2)));
  });
  const wide = dilate(range, small.width, small.height, 2);
  return { ...small, values: blur(wide, small.width, small.height, 1) };
}
