import { bubbles } from './bubbles.ts';
import { confetti } from './confetti.ts';
import { dust } from './dust.ts';
import { embers } from './embers.ts';
import { leaves } from './falling-leaves.ts';
import { filmGrain } from './film-grain.ts';
import { fireflies } from './fireflies.ts';
import { lensFlare } from './lens-flare.ts';
import { lightLeaks } from './light-leaks.ts';
import { lightRays } from './light-rays.ts';
import type { Overlay } from './overlay.ts';
import { petals } from './petals.ts';
import { rain } from './rain.ts';
import { snow } from './snow.ts';
import { sparkles } from './sparkles.ts';
import { sparks } from './sparks.ts';
import { twinkle } from './twinkle.ts';

/** Every overlay, in the order in which they are drawn. A new one is one file and one line here. */
export const overlays: readonly Overlay[] = [
  twinkle,
  lightRays,
  rain,
  snow,
  petals,
  leaves,
  dust,
  embers,
  sparks,
  bubbles,
  confetti,
  fireflies,
  sparkles,
  lensFlare,
  lightLeaks,
  filmGrain,
];
