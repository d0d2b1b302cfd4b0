import type { MusicParameters } from '../music/styles.ts';
import type { SoundEvent, SoundParameters } from '../sounds/sound.ts';

/** Something that the picture shows at a moment, known because the picture was rendered here or measured. */
export interface PictureEvent extends SoundEvent {
  /** `move`: the camera or something large sweeps past; `hit`: two things meet; `step`: a foot comes down. */
  kind: 'move' | 'hit' | 'step';
}

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
  | (LayerPlace & { kind: 'texture'; generator: string; parameters: SoundParameters })
  | (LayerPlace & { kind: 'event'; generator: string; parameters: SoundParameters; events: SoundEvent[] })
  | (LayerPlace & { kind: 'music'; generator: 'music'; parameters: MusicParameters });

/** What will be heard and why. Plain JSON. */
export interface SoundPlan {
  seed: number;
  /** Length of the clip. */
  seconds: number;
  /** Integrated loudness that the whole is brought to, in LUFS. */
  loudness: number;
  /** The first is the air bed. */
  layers: SoundLayer[];
}
