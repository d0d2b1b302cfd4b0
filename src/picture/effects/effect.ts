import type { EffectCanvas } from './kernel/canvas.ts';
import type { Place } from './place.ts';

/** A one-shot sound of an effect. */
export interface EffectEvent {
  /** Seconds since the action began. */
  time: number;
  /** What happens: `cut`. */
  name: string;
  /** 0–1. */
  strength: number;
}

/** What an effect sounds like: a sound of the catalogue, at the moments of the action or for as long as it lasts. */
export interface EffectSound {
  /** A generator of `sound/sounds/index.ts`, and one of its variants. */
  generator: string;
  variant: string;
  /** 0–1; see `SoundParameters`. Default 0.5. */
  intensity?: number;
  pace?: number;
  gainDecibels: number;
  /** Moments, by the names of the effect's events; or a span of the action in seconds for what goes on. */
  at: readonly string[] | readonly [start: number, end: number];
}

/** What an effect is given before the first frame. */
export interface EffectStage {
  /** What it draws on, with the picture as a texture. */
  canvas: EffectCanvas;
  /** Where the subject is. */
  place: Place;
  /** Derived for this effect. */
  seed: number;
  /** 0–1; 1 is the whole action. */
  strength: number;
}

/** How the whole finished frame looks: factors on luma and on chroma, and luma to add in steps. */
export interface Tone {
  luma: number;
  chroma: number;
  raise: number;
}

/** An effect, prepared for a picture. */
export interface EffectDrawing {
  /**
   * Draws the moment: `seconds` since the action began, 0 and below is the picture itself; beyond its end the effect
   * has settled. The canvas shows the picture when this is called.
   */
  draw(seconds: number): void;
  /** How fast the fastest thing moves, in short sides per second; decides the motion blur. Default: nothing fast. */
  speed?(seconds: number): number;
  /** Default: the frame as it was drawn. */
  tone?(seconds: number): Tone;
}

/** Something that happens to the subject of a picture. One file each, and one line in `index.ts`. */
export interface Effect {
  /** Stable: `squish_89244231312`. */
  readonly code: string;
  /** For a person: `Squish`. */
  readonly name: string;
  /** One sentence for a person. */
  readonly summary: string;
  /** Sorted by time. Sizes are in short sides and times in seconds, so they hold for every picture. */
  readonly events: readonly EffectEvent[];
  readonly sounds: readonly EffectSound[];
  /** Prepares it. The same stage gives the same frames. */
  setup(stage: EffectStage): EffectDrawing;
}

/** When the action begins in a clip of the given length: a longer clip lets the picture be seen first. */
export function actionStart(clipSeconds: number): number {
  return Math.max(0, Math.min(1.2, (clipSeconds - 5) * 0.24));
}
