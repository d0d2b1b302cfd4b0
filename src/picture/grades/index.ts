import { blackAndWhite } from './black-and-white.ts';
import { cold } from './cold.ts';
import { dayToNight } from './day-to-night.ts';
import { flicker } from './flicker.ts';
import type { Grade } from './grade.ts';
import { lightning } from './lightning.ts';
import { neon } from './neon.ts';
import { nightToDay } from './night-to-day.ts';
import { sunset } from './sunset.ts';
import { toColour } from './to-colour.ts';
import { warm } from './warm.ts';

/** Every grade. A new one is one file and one line here. */
export const grades: readonly Grade[] = [
  dayToNight,
  nightToDay,
  sunset,
  warm,
  cold,
  blackAndWhite,
  toColour,
  flicker,
  lightning,
  neon,
];
