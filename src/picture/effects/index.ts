import { burn } from './burn.ts';
import type { Effect } from './effect.ts';
import { freeze } from './freeze.ts';
import { samurai } from './samurai.ts';
import { squish } from './squish.ts';

/** Every effect, in the order in which they are listed. A new one is one file and one line here. */
export const effects: readonly Effect[] = [squish, samurai, burn, freeze];
