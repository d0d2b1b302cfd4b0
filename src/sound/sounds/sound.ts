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
}

/** A sound that goes on: rain, a crowd. */
export interface TextureSound extends SoundDescription {
  kind: 'texture';
  /** `length` samples of it. Takes all its randomness from `random`. */
  render(length: number, parameters: SoundParameters, random: Random): StereoSamples;
}

/** A sound of moments: footsteps, thunder. */
export interface EventSound extends SoundDescription {
  kind: 'event';
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
