import type { Wish } from '../direct/shot.ts';
import type { ColourTable } from '../render/kernel.ts';

/** How colours differ from the picture's own. */
export interface Look {
  /** Factor on lightness; 1 leaves it. */
  exposure: number;
  /** Factor on the distance from middle grey; 1 leaves it. */
  contrast: number;
  /** Factor on the distance from grey; 0 is black and white. */
  saturation: number;
  /** Steps towards blue and towards red, of 224; 0 leaves them. */
  blue: number;
  red: number;
}

/** Colours as they are. */
export const plain: Look = { exposure: 1, contrast: 1, saturation: 1, blue: 0, red: 0 };

/** One moment of a clip. */
export interface GradeMoment {
  /** 0 at the first frame, 1 at the last. */
  progress: number;
  seconds: number;
}

/** A change of colours over time. One file each, and one line in `index.ts`. */
export interface Grade {
  /** Stable name: `dayToNight`. */
  readonly kind: string;
  /** What a prompt calls it, lower case; several words are a phrase. */
  readonly phrases: readonly string[];
  /** How colours look at each moment. */
  create(wish: Wish, seed: number): (moment: GradeMoment) => Look;
}

/** A look between two, 0 the first … 1 the second. */
export function mixLooks(one: Look, other: Look, share: number): Look {
  const mix = (key: keyof Look) => one[key] + (other[key] - one[key]) * share;
  return {
    exposure: mix('exposure'),
    contrast: mix('contrast'),
    saturation: mix('saturation'),
    blue: mix('blue'),
    red: mix('red'),
  };
}

/** Two looks, one after the other. */
export function addLooks(one: Look, other: Look): Look {
  return {
    exposure: one.exposure * other.exposure,
    contrast: one.contrast * other.contrast,
    saturation: one.saturation * other.saturation,
    blue: one.blue * other.saturation + other.blue,
    red: one.red * other.saturation + other.red,
  };
}

/**
 * The table that the kernel applies. Exposure bends the highlights instead of clipping them, so that a brighter picture
 * keeps its clouds and a darker one its lamps.
 */
export function colourTable(look: Look): ColourTable {
  const luma = Uint8Array.from({ length: 256 }, (_, byte) => {
    const value = (byte - 16) / 219;
    const contrasted = Math.max(0, 0.5 + (value - 0.5) * look.contrast);
    // Reinhard's curve through black and white with the slope of the exposure at black.
    const bent = (contrasted * look.exposure) / (1 + contrasted * (look.exposure - 1));
    const flat = contrasted * look.exposure;
    const graded = look.exposure > 1 ? bent : 0.75 * flat + 0.25 * bent;
    return Math.round(16 + 219 * Math.min(1.07, graded));
  });
  const exposed = look.saturation * Math.min(1, 0.25 + 0.75 * look.exposure);
  return { luma, chroma: [exposed, 0, look.blue, 0, exposed, look.red] };
}
