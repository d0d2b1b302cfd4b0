import { burn } from './burn.ts';
import { cakeify } from './cakeify.ts';
import { crumble } from './crumble.ts';
import type { Effect } from './effect.ts';
import { freeze } from './freeze.ts';
import { glitch } from './glitch.ts';
import { melt } from './melt.ts';
import { paperPlane } from './paper-plane.ts';
import { portal } from './portal.ts';
import { samurai } from './samurai.ts';
import { squish } from './squish.ts';

/** Every effect, in the order in which they are listed. A new one is one file and one line here. */
export const effects: readonly Effect[] = [
  squish,
  cakeify,
  samurai,
  crumble,
  burn,
  freeze,
  melt,
  paperPlane,
  portal,
  glitch,
];
