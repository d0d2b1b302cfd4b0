import type { SpaceName } from '../mix/spaces.ts';
import type { MusicParameters } from '../music/styles.ts';
import type { PictureEventKind, SoundEvent, SoundParameters } from '../sounds/sound.ts';

/** Something that the picture shows at a moment, known because the picture was rendered here or measured. */
export interface PictureEvent extends SoundEvent {
  /** `move`: the camera or something large sweeps past; `hit`: two things meet; `step`: a foot comes down; `break`: a wave breaks; `cut`: another picture. */
  kind: PictureEventKind;
}

/** How much moves, over time. */
export interface MotionCurve {
  /** Values per second. */
  rate: number;
  /** 0 still … 1 as much as ever in the clip. */
  values: readonly number[];
}

/** What a picture seems to show. */
export interface SceneGuess {
  /** A texture of `sounds/index.ts`. */
  generator: string;
  /** 0–1; a guess below {@link LEAST_CONFIDENCE} is not heard. */
  confidence: number;
  /** What was seen: `blue below, moving: water`. */
  why: string;
}

/** A guess less certain than this is no reason for a sound: a wrong sea is worse than none. */
export const LEAST_CONFIDENCE = 0.6;

/** What a sound track is asked for. */
export interface SoundRequest {
  /** Words for the picture; they serve for the sound when {@link soundPrompt} is empty. */
  prompt: string;
  /** Words for the sound alone. */
  soundPrompt: string;
  /** Words for music. Empty: music only if the other words ask for it. */
  musicPrompt: string;
  /** Length of the clip in seconds. */
  seconds: number;
  /** 0 … 2³¹ − 1; the same seed and words give the same samples. */
  seed: number;
  /** What is known from the picture. Default: nothing. */
  events?: readonly PictureEvent[];
  /** How much moves in the picture; what goes on is louder where more does. Default: not known, and level. */
  motion?: MotionCurve;
  /** What the picture seems to show; serves where no words help. Default: not known. */
  scene?: SceneGuess;
  /** Layers that are heard whatever the words say. Default: none. */
  preset?: readonly SoundLayer[];
  /** The kinds of layers that may be heard besides the air. Default: all. */
  kinds?: readonly SoundLayer['kind'][];
  /** Made beside the ear: close, dry, quiet and full of detail. Default false. */
  close?: boolean;
}

/** What all layers have. */
interface LayerPlace {
  /** Seconds from the start of the clip. */
  start: number;
  /** Seconds. */
  duration: number;
  /** Louder or quieter than the generator's own level. */
  gainDecibels: number;
  /** −1 left … 1 right. */
  pan: number;
  /** 0 here … 1 far away: duller, quieter, with more of the room. */
  distance: number;
  /** The words or the rule that chose it; shown to the user. */
  why: string;
}

/** A layer of the mix. */
export type SoundLayer =
  | (LayerPlace & {
      kind: 'texture';
      generator: string;
      parameters: SoundParameters;
      /** What the picture shows of it; undefined: nothing is known. */
      events?: SoundEvent[];
    })
  | (LayerPlace & { kind: 'event'; generator: string; parameters: SoundParameters; events: SoundEvent[] })
  | (LayerPlace & {
      kind: 'music';
      generator: 'music';
      parameters: MusicParameters;
      /** Seconds from the start of the layer that the music accents: the cuts of the picture. */
      hits?: number[];
    });

/** What will be heard and why. Plain JSON. */
export interface SoundPlan {
  seed: number;
  /** Length of the clip. */
  seconds: number;
  /** Integrated loudness that the whole is brought to, in LUFS. */
  loudness: number;
  /** The place whose walls answer. */
  space: SpaceName;
  /** What textures follow; undefined: they are level. */
  motion?: MotionCurve;
  /** The first is the air bed. */
  layers: SoundLayer[];
}
