import { deriveSeed } from '../../random.ts';
import type { RgbImage } from '../image.ts';
import { brush } from './canvas/brush.ts';
import { type Canvas, createCanvas, type Region, regions, SKY_DISTANCE, type Veil } from './canvas/canvas.ts';
import { enlarge } from './canvas/enlarge.ts';
import { develop, type Film, plainFilm } from './canvas/film.ts';
import { addGrain } from './canvas/grain.ts';
import { createLight, windOf } from './daylight.ts';
import { moodFilm } from './mood-film.ts';
import { movesOf } from './moves-of.ts';
import { paintStaffage } from './parts/staffage.ts';
import type { ScenePlan } from './plan.ts';
import type { Easel, Scene } from './scene.ts';

/** A painted picture with what it shows and how far that is. All planes have the size of the image. */
export interface PaintedScene {
  image: RgbImage;
  /** 0 infinitely far … 1 nearest; exact: pivot ÷ (pivot + metres), scaled so that the nearest pixel is 1. */
  disparity: Float32Array;
  /**
   * 0–1. Regions (sky, water, land, foliage, building, fire) sum to 1 in every pixel; what is not in the picture is
   * left out. Veils (cloud, foam, light, mist) lie over them.
   */
  masks: Partial<Record<Region | Veil, Float32Array>>;
  plan: ScenePlan;
  /** Row of the horizon as a share of the height. */
  horizon: number;
  /** Motions and overlays that go on in it by themselves. */
  moves: string[];
  /** Motions and overlays that it does itself while it is filmed. */
  lives: readonly string[];
}

/** Size of the picture in pixels, and the seed. */
export interface Sheet {
  width: number;
  height: number;
  seed: number;
  /** Leaves out what the picture engine lets fall over it: rain, snow, sparks. Default false. */
  isFilmed?: boolean;
}

/** Above this many pixels a picture is painted smaller and enlarged before the brush: what is lost, strokes cover. */
const LARGEST = 1024 * 576;

/** How much of the picture is brushwork, 0–1. */
const BRUSH = 0.85;

/** Paints a scene after a plan. The same plan, size and seed give the same picture. */
export function paintPlan(scene: Scene, plan: ScenePlan, sheet: Sheet): PaintedScene {
  const { width, height, seed, isFilmed = false } = sheet;
  const view = scene.view(plan);
  const scale = Math.min(1, Math.sqrt(LARGEST / (width * height)));
  const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
  const easel = setUp(scene, plan, { ...size, seed, isFilmed });
  scene.paint(easel);
  scene.live?.paint(easel);
  paintStaffage(easel);
  const canvas = enlarge(easel.canvas, width, height, view);
  develop(canvas, filmOf(scene, plan));
  brush(canvas, BRUSH, 1 + (easel.seed & 0xffff));
  addGrain(canvas, 5);
  const { red, green, blue } = canvas;
  return {
    image: { width, height, red, green, blue },
    disparity: disparityOf(canvas, scene.pivot),
    masks: masksOf(canvas),
    plan,
    horizon: view.horizon,
    moves: movesOf(scene, plan),
    lives: scene.live?.motions ?? [],
  };
}

/** An easel with an empty canvas in the light of the plan. */
export function setUp(scene: Scene, plan: ScenePlan, sheet: Sheet): Easel {
  const { width, height, isFilmed = false } = sheet;
  const seed = deriveSeed(sheet.seed, scene.name);
  const canvas = createCanvas(width, height, scene.view(plan));
  const light = createLight(plan, canvas, scene.light?.(plan) ?? {}, seed);
  return { canvas, light, plan, seed, wind: windOf(plan), seconds: 0, isFilmed };
}

/** How a scene is developed after a plan. */
export function filmOf(scene: Scene, plan: ScenePlan): Film {
  return moodFilm({ ...plainFilm, ...scene.film?.(plan) }, plan);
}

function disparityOf({ distance }: Canvas, pivot: number): Float32Array {
  let nearest = SKY_DISTANCE;
  for (const metres of distance) if (metres < nearest) nearest = metres;
  const scale = pivot + nearest;
  return distance.map((metres) => (metres >= SKY_DISTANCE ? 0 : scale / (pivot + metres)));
}

function masksOf(canvas: Canvas): PaintedScene['masks'] {
  const masks: PaintedScene['masks'] = {};
  regions.forEach((name, index) => {
    const plane = canvas.regions[index]!;
    if (plane.some((value) => value > 0)) masks[name] = plane;
  });
  for (const [name, plane] of canvas.veils) masks[name] = plane;
  return masks;
}
