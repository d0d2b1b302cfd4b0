import type { Surface } from '../dsp/reflections.ts';
import type { Room } from '../dsp/reverb.ts';

/** A place in which everything is heard. */
export interface Space extends Room {
  /** Share of the room in a sound that is here. */
  near: number;
  /** Share in one that is far. */
  far: number;
  /** What answers a sound of moments at once. */
  surfaces: readonly Surface[];
}

const floor = (away: number, reflects: number): Surface => ({ axis: 'height', away, reflects, side: 0 });
const walls = (left: number, right: number, reflects: number): Surface[] => [
  { axis: 'width', away: left, reflects, side: -0.7 },
  { axis: 'width', away: right, reflects, side: 0.7 },
];
const back = (away: number, reflects: number): Surface => ({ axis: 'depth', away, reflects, side: 0 });

/** The places. Decays as measured in rooms of the kind (Beranek, "Concert Halls and Opera Houses"; open ground answers little). */
export const spaces = {
  open: { decay: 1.2, damping: 4500, delay: 0.02, near: 0.05, far: 0.45, surfaces: [floor(1.4, 0.6)] },
  room: {
    decay: 0.45,
    damping: 5500,
    delay: 0.006,
    near: 0.16,
    far: 0.5,
    surfaces: [floor(1.2, 0.75), floor(1.4, 0.85), ...walls(1.6, 2.4, 0.85), back(2.9, 0.85)],
  },
  hall: {
    decay: 3.2,
    damping: 3800,
    delay: 0.035,
    near: 0.28,
    far: 0.7,
    surfaces: [floor(1.3, 0.8), ...walls(6, 8.5, 0.85), back(11, 0.85)],
  },
  street: {
    decay: 0.9,
    damping: 3200,
    delay: 0.045,
    near: 0.09,
    far: 0.5,
    surfaces: [floor(1.4, 0.75), ...walls(3.5, 7, 0.8)],
  },
  forest: { decay: 1.5, damping: 2600, delay: 0.06, near: 0.07, far: 0.5, surfaces: [floor(1.4, 0.35)] },
  dry: { decay: 0.2, damping: 8000, delay: 0.003, near: 0.015, far: 0.1, surfaces: [] },
} as const satisfies Record<string, Space>;

/** The name of a place. */
export type SpaceName = keyof typeof spaces;
