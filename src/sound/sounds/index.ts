import { air } from './air.ts';
import { birds } from './birds.ts';
import { city } from './city.ts';
import { crowd } from './crowd.ts';
import { fire } from './fire.ts';
import { footsteps } from './footsteps.ts';
import { gulls } from './gulls.ts';
import { impact } from './impact.ts';
import { insects } from './insects.ts';
import { ocean } from './ocean.ts';
import { rain } from './rain.ts';
import type { SoundGenerator } from './sound.ts';
import { stream } from './stream.ts';
import { thunder } from './thunder.ts';
import { whoosh } from './whoosh.ts';
import { wind } from './wind.ts';

/** Every sound. A new one is a file, a line here and its words in the planner's lexicon. */
export const sounds: readonly SoundGenerator[] = [
  air,
  ocean,
  stream,
  rain,
  thunder,
  wind,
  fire,
  birds,
  gulls,
  insects,
  crowd,
  city,
  footsteps,
  impact,
  whoosh,
];

/** The sound with this name; undefined when there is none. */
export function findSound(name: string): SoundGenerator | undefined {
  return sounds.find((sound) => sound.name === name);
}
