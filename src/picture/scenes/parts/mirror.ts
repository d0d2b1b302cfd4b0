import { smoothstep } from '../../pixels/smoothstep.ts';
import { cover, regionPlane } from '../canvas/canvas.ts';
import { type Colour, colour, luminance, mix, scaleColour, tinted } from '../canvas/colour.ts';
import { fractal, noise } from '../canvas/noise.ts';
import type { Easel } from '../scene.ts';

/** Flat water, or anything wet, below the horizon. */
export interface Mirror {
  /** Slope of the ripples: 0.006 glass, 0.012 a lake, 0.03 wind. */
  ripple: number;
  /** Size of the ripples, 1 a lake's. */
  scale: number;
  /** How far a reflection is smeared downwards: 0.05 a lake, 0.35 a wet street. */
  smear: number;
  /** sRGB of the water where it mirrors nothing. */
  deep: number;
  /** Share that it mirrors when one looks straight down, 0–1, and how quickly that grows towards the horizon. */
  least: number;
  power: number;
  /** How much of it is dry and mirrors little, 0–1: a street after rain. */
  dryness?: number;
  seed: number;
}

/**
 * Mirrors what has been painted above the horizon in everything below it that is still sky. Ripples lie in
 * perspective; each reflection is smeared downwards, longer the nearer it is.
 */
export function paintMirror({ canvas, light, plan }: Easel, mirror: Mirror): void {
  const { width, height, horizon, focal, centre, eye, unit } = canvas;
  const { seed, scale, smear } = mirror;
  const salt = seed & 1023;
  const tints = plan.palette.filter(({ region }) => region === 'water');
  const brightness = Math.min(1, luminance(light.ambient) + 0.3 * luminance(light.keyColour)) * 1.3;
  const tintColours = tints.map(({ hex }) => colour(hex));
  const deep: Colour = tintColours.reduce(
    (paint, hue) => scaleColour(tinted(paint, hue, 0.9), 1.6),
    scaleColour(colour(mirror.deep), brightness),
  );
  const sources = [canvas.red, canvas.green, canvas.blue].map((plane) => Float32Array.from(plane));
  const [sourceRed, sourceGreen, sourceBlue] = sources as [Float32Array, Float32Array, Float32Array];
  const sky = regionPlane(canvas, 'sky');
  const taps = smear > 0.1 ? 11 : 5;
  const lastRow = Math.max(0, Math.ceil(horizon) - 1);
  for (let row = Math.max(0, Math.floor(horizon)); row < height; row++) {
    const below = Math.max(0.25, row + 0.5 - horizon);
    const z = (eye * focal) / below;
    const footprint = (z * z) / (eye * focal);
    const steepness = below / Math.hypot(below, focal);
    const fresnel = mirror.least + (1 - mirror.least) * (1 - steepness) ** mirror.power;
    const strength = mirror.ripple * (smoothstep(40, 1.5, footprint / scale) + 0.25);
    const fine = smoothstep(2 * scale, 0.2 * scale, footprint);
    for (let column = 0; column < width; column++) {
      const pixel = row * width + column;
      const open = sky[pixel]!;
      if (open < 0.02) continue;
      const x = ((column + 0.5 - centre) / focal) * z;
      const gust = 0.55 + 0.6 * smoothstep(-0.4, 0.5, noise(x / 60 / scale + 3, z / 160 / scale, salt + 9));
      let slopeX = noise(x / 2.2 / scale, z / 1.6 / scale, salt);
      let slopeZ = noise(x / 3.1 / scale, z / 1.3 / scale, salt + 2);
      if (fine > 0) {
        slopeX += 0.5 * fine * noise(x / 0.7 / scale, z / 0.6 / scale, salt + 1);
        slopeZ += 0.5 * fine * noise(x / 0.8 / scale, z / 0.5 / scale, salt + 3);
      }
      slopeX *= strength * gust;
      slopeZ *= strength * gust;
      const fromX = Math.max(0, Math.min(width - 1.01, column + slopeX * focal));
      const left = fromX | 0;
      const share = fromX - left;
      let red = 0;
      let green = 0;
      let blue = 0;
      let weight = 0;
      for (let tap = 0; tap < taps; tap++) {
        const offset = ((tap + 0.5) / taps) * 2 - 1;
        const fromY = horizon - below - slopeZ * 2 * focal - offset * (smear * below + 1.2 * unit);
        const at = Math.max(0, Math.min(lastRow, Math.round(fromY))) * width + left;
        const part = 1 - 0.8 * offset * offset;
        red += (sourceRed[at]! + (sourceRed[at + 1]! - sourceRed[at]!) * share) * part;
        green += (sourceGreen[at]! + (sourceGreen[at + 1]! - sourceGreen[at]!) * share) * part;
        blue += (sourceBlue[at]! + (sourceBlue[at + 1]! - sourceBlue[at]!) * share) * part;
        weight += part;
      }
      const dry =
        mirror.dryness === undefined
          ? 0
          : mirror.dryness * smoothstep(-0.15, 0.35, fractal(x / 3.2, z / 5, salt + 15, 3));
      const mirrored = Math.max(0, Math.min(1, fresnel * (1 - Math.max(0, slopeZ) * 4) * (1 - dry)));
      cover(
        canvas,
        pixel,
        mix(deep[0], red / weight, mirrored),
        mix(deep[1], green / weight, mirrored),
        mix(deep[2], blue / weight, mirrored),
        1,
        Math.hypot(z, x),
        'water',
      );
    }
  }
}
