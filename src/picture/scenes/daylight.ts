import { createRandom, deriveSeed } from '../../random.ts';
import type { Canvas } from './canvas/canvas.ts';
import { type Colour, colour, greyed, mixColours, scaleColour, tinted } from './canvas/colour.ts';
import { directionOf, type Light, type SkyStop, skyRamp } from './canvas/light.ts';
import type { ScenePlan, Time, Weather } from './plan.ts';
import type { LightTweak } from './scene.ts';

/** The light of one time of day under a clear sky. */
interface Daylight {
  stops: readonly SkyStop[];
  /** All of the sky times this. */
  gain: number;
  /** Sine of the sun's (or moon's) elevation. */
  elevation: number;
  sun: number;
  sunStrength: number;
  glow: number;
  glowStrength: number;
  key: number;
  keyStrength: number;
  keyElevation: number;
  ambient: number;
  ambientStrength: number;
  /** Share of light lost in a kilometre. */
  haze: number;
  stars: number;
}

const daylights: Record<Time, Daylight> = {
  dawn: {
    stops: [
      [0, 0xffdcb0],
      [0.05, 0xfabfa0],
      [0.14, 0xd9a6b4],
      [0.32, 0x93a0d0],
      [0.8, 0x5277b6],
    ],
    gain: 0.95,
    elevation: 0.1,
    sun: 0xffc890,
    sunStrength: 2,
    glow: 0xffb070,
    glowStrength: 0.6,
    key: 0xffb27a,
    keyStrength: 2.2,
    keyElevation: 0.3,
    ambient: 0x8495c8,
    ambientStrength: 0.7,
    haze: 0.075,
    stars: 0,
  },
  day: {
    stops: [
      [0, 0xd8eaf2],
      [0.05, 0xa8d2f0],
      [0.18, 0x5f9fe0],
      [0.6, 0x2560b4],
    ],
    gain: 1,
    elevation: 0.72,
    sun: 0xfff3dc,
    sunStrength: 2.4,
    glow: 0xfff1d6,
    glowStrength: 0.2,
    key: 0xfff0d4,
    keyStrength: 2.3,
    keyElevation: 0.62,
    ambient: 0xa4c2ea,
    ambientStrength: 0.62,
    haze: 0.05,
    stars: 0,
  },
  'golden hour': {
    stops: [
      [0, 0xffe0a8],
      [0.08, 0xf9cb98],
      [0.28, 0xb2bed2],
      [0.7, 0x5f8cc4],
    ],
    gain: 0.98,
    elevation: 0.17,
    sun: 0xffd08f,
    sunStrength: 2.3,
    glow: 0xffb96e,
    glowStrength: 0.6,
    key: 0xffba78,
    keyStrength: 2.6,
    keyElevation: 0.28,
    ambient: 0x8f9cc8,
    ambientStrength: 0.55,
    haze: 0.11,
    stars: 0,
  },
  sunset: {
    stops: [
      [0, 0xffb463],
      [0.05, 0xf9935c],
      [0.14, 0xdd7d80],
      [0.3, 0x8f79ab],
      [0.65, 0x41588f],
    ],
    gain: 0.9,
    elevation: 0.07,
    sun: 0xffc27a,
    sunStrength: 2.2,
    glow: 0xff9340,
    glowStrength: 0.85,
    key: 0xffa060,
    keyStrength: 2.1,
    keyElevation: 0.2,
    ambient: 0x7d86b4,
    ambientStrength: 0.85,
    haze: 0.11,
    stars: 0,
  },
  dusk: {
    stops: [
      [0, 0xeb9a74],
      [0.05, 0xbb7288],
      [0.16, 0x6c5e9a],
      [0.42, 0x34467f],
      [0.9, 0x1a2450],
    ],
    gain: 0.72,
    elevation: -0.03,
    sun: 0xff9a60,
    sunStrength: 0.8,
    glow: 0xff8a50,
    glowStrength: 0.4,
    key: 0x9fb0e8,
    keyStrength: 0.7,
    keyElevation: 0.5,
    ambient: 0x6472b4,
    ambientStrength: 0.55,
    haze: 0.1,
    stars: 0.3,
  },
  night: {
    stops: [
      [0, 0x547496],
      [0.08, 0x315082],
      [0.3, 0x172b58],
      [1, 0x081028],
    ],
    gain: 0.8,
    elevation: 0.19,
    sun: 0xd6e4ff,
    sunStrength: 0.7,
    glow: 0x88a0c0,
    glowStrength: 0.2,
    key: 0xb8d0ff,
    keyStrength: 0.62,
    keyElevation: 0.4,
    ambient: 0x5070b0,
    ambientStrength: 0.4,
    haze: 0.04,
    stars: 1,
  },
};

/** What weather does to the light of a clear sky. */
interface Veiling {
  /** How grey the sky becomes, 0–1. */
  grey: number;
  gain: number;
  sun: number;
  glow: number;
  key: number;
  ambient: number;
  haze: number;
  stars: number;
  hidesDisc: boolean;
}

const clear = { grey: 0, gain: 1, sun: 1, glow: 1, key: 1, ambient: 1, haze: 1, stars: 1, hidesDisc: false };
const dull = { grey: 0.62, gain: 0.86, sun: 0.15, glow: 0.35, key: 0.22, ambient: 1.25, haze: 3, stars: 0 };

const veilings: Record<Weather, Veiling> = {
  clear,
  cloudy: { ...clear, stars: 0.6, haze: 1.3 },
  overcast: { ...dull, hidesDisc: true },
  fog: { ...dull, grey: 0.75, gain: 0.88, glow: 0.8, haze: 70, hidesDisc: true },
  rain: { ...dull, gain: 0.62, ambient: 0.95, haze: 7, hidesDisc: true },
  storm: { ...dull, grey: 0.5, gain: 0.34, ambient: 0.6, key: 0.26, haze: 4, hidesDisc: true },
  snow: { ...dull, grey: 0.55, gain: 0.95, haze: 9, hidesDisc: true },
};

const slate = colour(0x6a7f9c);

/** Everything that lights a picture, from its time, weather, mood and palette. */
export function createLight(plan: ScenePlan, canvas: Canvas, tweak: LightTweak, seed: number): Light {
  const base = daylights[plan.time];
  const weather = veilings[plan.weather];
  const has = (mood: ScenePlan['mood'][number]) => plan.mood.includes(mood);
  const gloom = has('gloomy') ? 0.72 : 1;
  const grey = Math.min(0.9, weather.grey + (has('gloomy') ? 0.3 : 0));
  const tints = plan.palette.filter(({ region }) => region === 'sky' || region === 'all');
  const colourOf = (value: Colour, tint = 0.75): Colour => {
    // Under thick cloud what colour is left is that of slate.
    let result = tinted(greyed(value, grey), slate, weather.grey * 0.5);
    for (const { hex, region } of tints) {
      result = tinted(result, colour(hex), region === 'sky' ? tint : tint * 0.5);
    }
    return result;
  };
  const random = createRandom(deriveSeed(seed, 'sun'));
  const side = random() < 0.5 ? -1 : 1;
  const stray = random();
  const isHigh = base.elevation > 0.5;
  // By day the sun stands beside the picture: a disc in it would bleach everything.
  const column = tweak.sunColumn ?? 0.5 + side * (isHigh ? 0.9 : 0.12 + 0.16 * stray);
  const sun = directionOf(
    ((column - 0.5) * canvas.width) / canvas.focal,
    base.elevation,
    isHigh && tweak.sunColumn === undefined ? 0.35 : 1,
  );
  const keySide = Math.sign(column - 0.5) || side;
  const key = directionOf(keySide * 0.8, tweak.keyElevation ?? base.keyElevation, isHigh ? -0.3 : 0.28);
  const strength = gloom * weather.gain * base.gain;
  const light = (hex: number, amount: number) => scaleColour(colourOf(colour(hex), 0.35), amount);
  return {
    ramp: skyRamp(
      // In fog there is no blue above: it is as pale as what lies ahead.
      plan.weather === 'fog'
        ? base.stops.map(([elevation, hex]) => [Math.sqrt(elevation), hex] as const)
        : base.stops,
      (value) => scaleColour(colourOf(value), strength),
    ),
    sun,
    sunColour: light(base.sun, base.sunStrength * weather.sun * gloom),
    disc: weather.hidesDisc || tweak.hidesDisc || isHigh ? 0 : 0.022,
    glow: light(base.glow, base.glowStrength * weather.glow * strength),
    key,
    keyColour: light(base.key, base.keyStrength * weather.key * gloom),
    ambient: mixColours(
      light(base.ambient, base.ambientStrength * weather.ambient * gloom),
      [0, 0, 0],
      has('dramatic') ? 0.2 : 0,
    ),
    hazePerMetre:
      (base.haze / 1000) * weather.haze * (tweak.haze ?? 1) * (has('dreamy') ? 2.5 : has('mystical') ? 3 : 1),
    // Fog lies low: summits stand out of it.
    hazeTop: plan.weather === 'fog' ? 170 : 900,
    stars: (plan.features.includes('stars') ? Math.max(0.7, base.stars) : base.stars) * weather.stars,
  };
}

/** How hard the wind blows: 0.35 calm … 2.2 a storm. */
export function windOf({ weather, mood, features }: ScenePlan): number {
  const base = weather === 'storm' ? 2.2 : weather === 'rain' ? 1.3 : 1;
  const felt = mood.includes('calm') ? 0.4 : mood.includes('dramatic') ? 1.5 : 1;
  return Math.min(2.4, base * felt * (features.includes('big waves') ? 1.7 : 1));
}
