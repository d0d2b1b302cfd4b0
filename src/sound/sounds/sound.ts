import type { Random } from '../../random.ts';
import type { StereoSamples } from '../samples.ts';

/** What a sound can be told. Every sound understands what has a meaning for it and leaves the rest. */
export interface SoundParameters {
  /** How strong: 0 gentle, 0.5 ordinary, 1 violent. */
  intensity: number;
  /** How many of the things that make it: 0 a few, 0.5 ordinary, 1 crowded. */
  density: number;
  /** How fast it goes: 0 slow, 0.5 ordinary, 1 fast. */
  pace: number;
  /** One of the sound's own {@link SoundDescription.variants}. */
  variant: string;
}

/** Something that is heard at a moment. */
export interface SoundEvent {
  /** Seconds from the start of the layer; where the picture shows it. */
  time: number;
  /** 0–1. */
  strength: number;
  /** −1 left … 1 right. */
  pan: number;
}

/**
 * The words of one sound. In all lists words are separated by spaces, a hyphen joins the words of a phrase, and the
 * endings do not matter ("crash" is also "crashing"). A word may belong to several sounds: a sword both whistles and
 * rings.
 */
export interface SoundWords {
  /** Words that mean this sound by themselves. */
  strong: string;
  /**
   * Words that may mean it: they count in a sound prompt, where everything is about sound, and where a strong word of
   * the same sound stands in the same text.
   */
  weak?: string;
  /** For every variant that needs words: the one whose words stand nearest is chosen. */
  variants?: Record<string, string>;
}

/** What every sound says of itself. */
export interface SoundDescription {
  /** Stable, kebab-case; plans refer to it. */
  name: string;
  /** One sentence for a person. */
  summary: string;
  /** The forms it comes in; the first is the default. */
  variants: readonly [string, ...string[]];
  /**
   * Its level in a mix, in LUFS: integrated for a texture, the loudest 400 ms of an event of strength 1 for events.
   * The mixer brings it there, so the samples of `render` may have any level.
   */
  loudness: number;
  /** Heard in a room, unless the words name another place. Default: on open ground. */
  indoors?: true;
  /** The words that ask for it. */
  words: SoundWords;
}

/** What the picture can show at a moment. */
export type PictureEventKind = 'move' | 'hit' | 'step' | 'break' | 'cut';

/** A sound that goes on: rain, a crowd. */
export interface TextureSound extends SoundDescription {
  kind: 'texture';
  /** What of the picture it keeps time with: `break`, a wave breaks. Default: nothing. */
  follows?: PictureEventKind;
  /**
   * `length` samples of it. Takes all its randomness from `random`.
   *
   * @param events what the picture shows of it; empty: nobody knows
   */
  render(
    length: number,
    parameters: SoundParameters,
    random: Random,
    events?: readonly SoundEvent[],
  ): StereoSamples;
}

/** A sound of moments: footsteps, thunder. */
export interface EventSound extends SoundDescription {
  kind: 'event';
  /**
   * What of the picture makes it: `move`, something sweeps past; `hit`, two things meet; `step`, a foot comes down.
   * Default: nothing that the picture engine knows.
   */
  follows?: PictureEventKind;
  /** When it would be heard in so many seconds if nobody knows from the picture; sorted by time. */
  schedule(seconds: number, parameters: SoundParameters, random: Random): SoundEvent[];
  /** `length` samples with these events. Takes all its randomness from `random`. */
  render(
    length: number,
    parameters: SoundParameters,
    events: readonly SoundEvent[],
    random: Random,
  ): StereoSamples;
}

/** One of the sounds that can be planned and rendered. */
export type SoundGenerator = TextureSound | EventSound;
