import type { Superpixels } from '../pixels/superpixels.ts';

/** How the patches of a picture lie beside each other and how alike they are. Squares hold a row for each patch. */
export interface PatchGraph {
  /** 1 where two patches touch, in a square. */
  touching: Uint8Array;
  /** 1 for patches that reach the picture's border. */
  atBorder: Uint8Array;
  /** How far apart the colours of two patches are, as in Lab divided by 100, in a square. */
  unlike: Float32Array;
}

/** Measures how patches lie; `width` is that of the picture which they divide. */
export function connectPatches(patches: Superpixels, width: number): PatchGraph {
  const { labels, area } = patches;
  const count = area.length;
  const height = labels.length / width;
  const touching = new Uint8Array(count * count);
  const atBorder = new Uint8Array(count);
  const join = (one: number, other: number) => {
    if (one !== other) touching[one * count + other] = touching[other * count + one] = 1;
  };
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      const own = labels[pixel]!;
      if (x + 1 < width) join(own, labels[pixel + 1]!);
      if (y + 1 < height) join(own, labels[pixel + width]!);
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) atBorder[own] = 1;
    }
  }
  return { touching, atBorder, unlike: differences(patches) };
}

function differences({ lightness, greenRed, blueYellow, area }: Superpixels): Float32Array {
  const count = area.length;
  const out = new Float32Array(count * count);
  for (let one = 0; one < count; one++) {
    for (let other = 0; other < one; other++) {
      const light = lightness[one]! - lightness[other]!;
      const red = greenRed[one]! - greenRed[other]!;
      const yellow = blueYellow[one]! - blueYellow[other]!;
      const distance = Math.sqrt(light * light + red * red + yellow * yellow);
      out[one * count + other] = out[other * count + one] = distance;
    }
  }
  return out;
}
