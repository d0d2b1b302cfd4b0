import type { Canvas, View } from './canvas/canvas.ts';
import type { Film } from './canvas/film.ts';
import type { Light } from './canvas/light.ts';
import type { ScenePlan, Season, Time, Weather } from './plan.ts';

/** Everything that a part needs to paint itself. */
export interface Easel {
  canvas: Canvas;
  light: Light;
  plan: ScenePlan;
  /** Derive one for each part: {@link import('../../random.ts').deriveSeed}. */
  seed: number;
  /** 0.35 calm … 1 a breeze … 2.2 a storm. */
  wind: number;
  /** The moment that is painted, in seconds since the clip began. */
  seconds: number;
  /** The picture will be filmed: rain, snow, sparks fall over it later and are left out. */
  isFilmed: boolean;
}

/** Something that is heard when it is seen. */
export interface SceneEvent {
  /** `break`: a wave breaks. */
  kind: 'break';
  /** Seconds since the clip began. */
  time: number;
  /** 0–1. */
  strength: number;
  /** −1 left … 1 right. */
  pan: number;
}

/** How a scene's light differs from what its time and weather make of it. */
export interface LightTweak {
  /** Where the sun or moon stands: 0 the left edge … 1 the right; otherwise the seed chooses a side. */
  sunColumn?: number;
  /** Haze against the usual: 2 is twice as thick. */
  haze?: number;
  /** No disc in the sky. */
  hidesDisc?: boolean;
  /** Where the light on solid things comes from; otherwise from the side, or from the sun when it is high. */
  keyElevation?: number;
}

/** A place that can be painted. */
export interface Scene {
  /** Unique; what the refusal lists: `rainy street`. */
  name: string;
  /**
   * What it is called in a prompt, in the singular: single words or phrases, `mountain`, `palm beach`. Plurals are
   * found too.
   */
  words: readonly string[];
  /** Words that name it only when a prompt names no other place: `rain` alone is a rainy sky. */
  hints?: readonly string[];
  /** What it is like when the words do not say. */
  time: Time;
  weather: Weather;
  season: Season;
  view(plan: ScenePlan): View;
  light?(plan: ScenePlan): LightTweak;
  /** Differences from the usual development. */
  film?(plan: ScenePlan): Partial<Film>;
  /** Metres at which nearness has fallen to a half: what the camera's moves show best. */
  pivot: number;
  /** Motions and overlays of the picture engine that go on in it by themselves: `lake`, `bubbles`. */
  moves?: readonly string[];
  /** No weather falls on it and no clouds drift over it: it lies under a roof, under water, in space. */
  isSheltered?: boolean;
  /** Paints back to front all that rests. */
  paint(easel: Easel): void;
  /** What of it never rests. */
  live?: {
    /** The motions and overlays of the picture engine that it does itself, and better: `sea`. */
    motions: readonly string[];
    /** What of it is to be heard in so many seconds: negative times are before the clip. */
    events?(easel: Easel, seconds: number): SceneEvent[];
    /** Paints it at the easel's moment, and what stands before it. */
    paint(easel: Easel): void;
  };
}
