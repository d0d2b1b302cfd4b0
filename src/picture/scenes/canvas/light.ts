import { type Colour, colour, mix } from './colour.ts';

/** A direction of length 1: right, up, away. */
export type Direction = readonly [x: number, y: number, z: number];

/** A scratch colour that the functions here write into, so that loops over pixels make no garbage. */
export type Ink = Float64Array;

/** One light for the whole picture: it paints the sky, is what water mirrors, and is the colour of haze. */
export interface Light {
  /** Sky colours from the horizon (first) to straight up, in steps of the square root of the sine of elevation. */
  ramp: Float32Array;
  sun: Direction;
  /** Light of the sun or the moon. */
  sunColour: Colour;
  /** Angular radius of its disc in radians; 0: it is hidden or outside. */
  disc: number;
  glow: Colour;
  /** Where light on solid things comes from, and what is in shadow. */
  key: Direction;
  keyColour: Colour;
  ambient: Colour;
  /** Share of light that haze takes in a metre, near the ground; it thins with height by e every `hazeTop` metres. */
  hazePerMetre: number;
  hazeTop: number;
  /** How many stars show, 0–1. */
  stars: number;
}

/** One stop of a sky: the sine of the elevation and the colour there. */
export type SkyStop = readonly [elevation: number, hex: number];

const STEPS = 512;
/** e to the minus this is nothing. */
const FADED = 10;

/**
 * The colours between the stops of a sky, smoothed so that no stop shows as a band.
 */
export function skyRamp(stops: readonly SkyStop[], shade: (value: Colour) => Colour): Float32Array {
  const colours = stops.map(([elevation, hex]) => [Math.sqrt(elevation), shade(colour(hex))] as const);
  const rough = new Float32Array(STEPS * 3);
  for (let step = 0; step < STEPS; step++) {
    const at = step / (STEPS - 1);
    let upper = 1;
    while (upper < colours.length - 1 && colours[upper]![0] < at) upper++;
    const [low, first] = colours[upper - 1]!;
    const [high, second] = colours[upper]!;
    const share = Math.max(0, Math.min(1, (at - low) / (high - low)));
    // Between square roots: closer to how the eye grades light than linear light is.
    for (let channel = 0; channel < 3; channel++) {
      rough[step * 3 + channel] = mix(Math.sqrt(first[channel]!), Math.sqrt(second[channel]!), share) ** 2;
    }
  }
  const ramp = new Float32Array(STEPS * 3);
  const reach = 34;
  for (let step = 0; step < STEPS; step++) {
    for (let channel = 0; channel < 3; channel++) {
      let sum = 0;
      let weight = 0;
      for (let offset = -reach; offset <= reach; offset++) {
        const from = Math.max(0, Math.min(STEPS - 1, step + offset));
        const share = 1 - Math.abs(offset) / (reach + 1);
        sum += rough[from * 3 + channel]! * share;
        weight += share;
      }
      ramp[step * 3 + channel] = sum / weight;
    }
  }
  return ramp;
}

/** The direction of length 1. */
export function directionOf(x: number, y: number, z: number): Direction {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
}

/** Writes the sky's colour in a direction (any length) into `ink`. Below the horizon the horizon's colour holds. */
export function skyColour(light: Light, x: number, y: number, z: number, ink: Ink): void {
  const { ramp, sun, glow } = light;
  const scale = 1 / Math.sqrt(x * x + y * y + z * z);
  const elevation = y > 0 ? y * scale : 0;
  const position = Math.sqrt(elevation) * (STEPS - 1.001);
  const step = position | 0;
  const share = position - step;
  const index = step * 3;
  const along = (x * sun[0] + y * sun[1] + z * sun[2]) * scale;
  const aside = x * scale - sun[0];
  const above = (elevation - Math.max(0, sun[1])) * 2.2;
  // The glow is wider along the horizon than upwards, with a narrow core.
  const off = (aside * aside + above * above) * 5;
  // What is left of the glow so far off is less than any dither.
  const wide = z > 0 && off < FADED ? Math.exp(-off) : 0;
  const miss = (1 - along) * 60;
  const core =
    miss < FADED ? 0.5 * Math.exp(-miss) + (miss < 0.1 * FADED ? 0.9 * Math.exp(-10 * miss) : 0) : 0;
  const strength = 0.8 * wide + core;
  ink[0] = ramp[index]! + (ramp[index + 3]! - ramp[index]!) * share + glow[0] * strength;
  ink[1] =
    ramp[index + 1]! + (ramp[index + 4]! - ramp[index + 1]!) * share + glow[1] * strength * (1 - 0.2 * wide);
  ink[2] =
    ramp[index + 2]! + (ramp[index + 5]! - ramp[index + 2]!) * share + glow[2] * strength * (1 - 0.4 * wide);
}

const horizonInk = new Float64Array(3);

/**
 * Aerial perspective: moves `ink` towards the sky at the horizon behind it.
 *
 * @param height metres above the ground, where the air is thinner
 */
export function addHaze(light: Light, ink: Ink, metres: number, x: number, z: number, height: number): void {
  if (metres * light.hazePerMetre < 0.002) return;
  const density = light.hazePerMetre * Math.exp(-Math.max(0, height) / light.hazeTop);
  const share = 1 - Math.exp(-metres * density);
  if (share < 0.002) return;
  const scale = 1 / Math.sqrt(x * x + z * z);
  skyColour(light, x * scale, 0.09, z * scale, horizonInk);
  ink[0] = ink[0]! + (horizonInk[0]! * 0.96 - ink[0]!) * share;
  ink[1] = ink[1]! + (horizonInk[1]! * 0.96 - ink[1]!) * share;
  ink[2] = ink[2]! + (horizonInk[2]! * 0.96 - ink[2]!) * share;
}

/** What a matt colour looks like, seen `metres` away: lit by the ambient light and a share of the key light. */
export function litColour(
  light: Light,
  paint: Colour,
  ambientShare: number,
  keyShare: number,
  metres: number,
  side: number,
): Colour {
  const ink = new Float64Array(3);
  for (let channel = 0; channel < 3; channel++) {
    ink[channel] =
      paint[channel]! * (light.ambient[channel]! * ambientShare + light.keyColour[channel]! * keyShare);
  }
  if (metres > 0) addHaze(light, ink, metres, side, metres, 0);
  return [ink[0]!, ink[1]!, ink[2]!];
}
