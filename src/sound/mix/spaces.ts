import type { Room } from '../dsp/reverb.ts';

/** A place in which everything is heard. */
export interface Space extends Room {
  /** Share of the room in a sound that is here. */
  near: number;
  /** Share in one that is far. */
  far: number;
}

/** The places. Decays as measured in rooms of the kind (Beranek, "Concert Halls and Opera Houses"; open ground answers little). */
export const spaces = {
  open: { decay: 1.2, damping: 4500, delay: 0.02, near: 0.05, far: 0.45 },
  room: { decay: 0.45, damping: 5500, delay: 0.006, near: 0.16, far: 0.5 },
  hall: { decay: 3.2, damping: 3800, delay: 0.035, near: 0.28, far: 0.7 },
  street: { decay: 0.9, damping: 3200, delay: 0.045, near: 0.09, far: 0.5 },
  forest: { decay: 1.5, damping: 2600, delay: 0.06, near: 0.07, far: 0.5 },
  dry: { decay: 0.2, damping: 8000, delay: 0.003, near: 0.015, far: 0.1 },
} as const satisfies Record<string, Space>;

/** The name of a place. */
export type SpaceName = keyof typeof spaces;
