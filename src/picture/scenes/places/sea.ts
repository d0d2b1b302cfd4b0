import { createRandom, deriveSeed } from '../../../random.ts';
import { clamp01, smoothstep } from '../../pixels/smoothstep.ts';
import { type Colour, colour, luminance, mix, mixColours, scaleColour, tinted } from '../canvas/colour.ts';
import { addHaze, skyColour } from '../canvas/light.ts';
import { fractal, lace, noise, ridges } from '../canvas/noise.ts';
import { evenRows, paintRelief } from '../canvas/relief.ts';
import { paintSky } from '../parts/sky.ts';
import { createSurf, type Surf, type SurfPoint } from '../parts/surf.ts';
import { waterColour } from '../parts/water-light.ts';
import { createOpenSea } from '../parts/waves.ts';
import type { Easel, Scene, SceneEvent } from '../scene.ts';

/** Waves that break on a beach. */
export const sea: Scene = {
  name: 'sea',
  words: [
    'sea',
    'ocean',
    'beach',
    'shore',
    'seashore',
    'seaside',
    'shoreline',
    'coast',
    'coastline',
    'surf',
    'ocean wave',
    'sea wave',
    'tide',
    'lagoon',
    'island',
    'open sea',
    'tropical beach',
    'sandy beach',
    'seascape',
    'oceanfront',
    'wave crashing',
    'wave crash',
    'crashing wave',
    'breaking wave',
    'bay',
    'tropical island',
  ],
  hints: [
    'wave',
    'tropical',
    'palm',
    'palm tree',
    'sail boat',
    'sailboat',
    'sailing boat',
    'yacht',
    'seagull',
    'big wave',
    'huge wave',
    'giant wave',
  ],
  time: 'golden hour',
  weather: 'clear',
  season: 'summer',
  view: () => ({ horizon: 0.42, eye: 3.4 }),
  pivot: 14,
  paint(easel) {
    paintSky(easel);
    paintBeach(easel);
  },
  live: { motions: ['sea', 'water', 'lake'], paint: paintSea, events: findBreakers },
};

/** Metres from the painter to the mean shoreline. */
const SHORE = 13.5;

/** The moment of the surf with which a picture begins. */
const firstMoment = (seed: number): number => createRandom(deriveSeed(seed, 'moment'))() * 40;

/** The surf of a sea; `seconds` since the picture began. */
function surfOf({ seed, wind, seconds }: Pick<Easel, 'seed' | 'wind' | 'seconds'>): Surf {
  const crest = 1.2 * Math.min(1.7, 0.4 + 0.6 * wind);
  return createSurf(deriveSeed(seed, 'surf'), SHORE, crest, firstMoment(seed) + seconds);
}

/** Where along the visible beach breakers are listened to: −1 left … 1 right. */
const listeners = [-0.8, 0, 0.8];

/** When the surf breaks and when it runs ashore. A wave does so in one place after the other; each is heard for itself. */
function findBreakers(easel: Easel, seconds: number): SceneEvent[] {
  const { canvas, seed } = easel;
  const surf = surfOf(easel);
  const begin = firstMoment(seed);
  const half = ((canvas.width / 2) * (SHORE + 15)) / canvas.focal;
  const events: SceneEvent[] = [];
  for (let wave = 0; wave < 24; wave++) {
    for (const pan of listeners) {
      const { seconds: breaks, arrival, peak } = surf.breaking(wave, pan * half);
      for (const [at, share] of [
        [breaks, 0.6],
        [arrival, 0.3],
      ] as const) {
        const time = at - begin;
        // A breaker is still heard when the clip begins, and already swells when it ends.
        if (time < -4 || time > seconds + 2) continue;
        events.push({ kind: 'break', time, strength: Math.min(1, share * peak), pan });
      }
    }
  }
  return events.sort((one, other) => one.time - other.time);
}

/** The highest run of the water onto the sand, in metres, and how far out the sand is painted. */
const DRY = 5;
const SUNK = 2.5;

/** The sand, wet as far as the water reaches: it rests, and the sea comes and goes over it. */
function paintBeach(easel: Easel): void {
  const { canvas, light, plan } = easel;
  const surf = surfOf(easel);
  const { sunColour, ambient } = light;
  const { sand } = waterPaints(easel, plan.features.includes('tropical'), false, 1);
  const spare = new Float64Array(3);
  const depths = evenRows(canvas, 5000, 1).filter((z) => z < SHORE + 9);
  paintRelief(canvas, depths, {
    height(x, z) {
      const offshore = surf.offshore(x, z);
      return offshore > SUNK ? Number.NEGATIVE_INFINITY : -offshore * surf.slope;
    },
    shade({ x, z, metres, footprint }, ink) {
      const offshore = surf.offshore(x, z);
      const wet = smoothstep(surf.wetUp(x) + 1.2, surf.wetUp(x) - 0.6, -offshore);
      const grain =
        fractal(x * 3, z * 3, 5, 3) * 0.1 +
        fractal(x * 0.4, z * 0.9, 6, 3) * 0.14 +
        (footprint < 0.05 ? noise(x * 22, z * 22, 8) * 0.05 : 0);
      const sheen = noise(x * 0.8, z * 1.3, 12) * 0.03;
      const up = Math.max(0.02, (canvas.eye / metres) * 0.9 + 0.02);
      skyColour(light, x / metres + sheen, up, z / metres, spare);
      const mirrored = wet * (0.1 + 0.75 * (1 - canvas.eye / metres) ** 4);
      for (let channel = 0; channel < 3; channel++) {
        const lit = ambient[channel]! * 0.8 + sunColour[channel]! * 0.22;
        const body = sand[channel]! * lit * (0.6 + grain) * mix(1, 0.42, wet);
        ink[channel] = mix(body, spare[channel]!, mirrored);
      }
      return 'land';
    },
  });
}

function paintSea(easel: Easel): void {
  const { canvas, light, plan, seed, wind, seconds } = easel;
  const open = createOpenSea(deriveSeed(seed, 'sea'), 0.8 * wind, seconds);
  const surf = surfOf(easel);
  const isSouthern = plan.features.includes('tropical');
  const isBright = plan.time === 'day' && plan.weather !== 'storm';
  const sky = luminance(light.ambient) + 0.25 * luminance(light.sunColour);
  const { deep, scatter, sand } = waterPaints(easel, isSouthern, isBright, sky);
  const { sunColour, ambient } = light;
  const height = (x: number, z: number, footprint: number): number => {
    const inland = -surf.offshore(x, z);
    if (inland > DRY) return inland * surf.slope;
    const { offshore, height: level } = surf.at(x, z);
    const up = offshore < 5 ? surf.runUp(x) : 9;
    if (offshore < -up) return -offshore * surf.slope;
    if (offshore < 0) return -offshore * surf.slope + 0.012;
    // On the sand the water is a film: a step there would be a wall.
    const swell =
      offshore > 25 ? 0.8 : mix(0.15, 0.8, smoothstep(-1, 25, offshore)) * smoothstep(0, 5, offshore);
    return 0.012 + level + open.height(x, z, footprint) * swell;
  };
  // Reused from point to point: garbage would cost as much as the waves.
  const point = { x: 0, z: 0, height: 0, metres: 0, slopeX: 0, slopeZ: 0, roughness: 0 };
  const paint = { deep, scatter, crest: 0 };
  const foam: Foam = { cover: 0, texture: 0 };
  const rows = canvas.unit > 1.1 || easel.isFilmed ? 1 : 0.7;
  paintRelief(canvas, evenRows(canvas, 5000, rows), {
    veil: 'foam',
    height,
    shade(place, ink) {
      const { x, z, height: level, metres, footprint } = place;
      if (surf.offshore(x, z) < -DRY) return undefined;
      const breaker = surf.at(x, z);
      const { offshore, phase, wave, amplitude, broken, front } = breaker;
      const up = offshore < SWASH ? surf.runUp(x) : 9;
      const sideways = x / metres;
      const away = z / metres;
      // The beach lies there already.
      if (offshore < -up) return undefined;
      const slopeX = Math.max(-1.2, Math.min(1.2, place.slopeX));
      const slopeZ = Math.max(-1.2, Math.min(1.2, place.slopeZ));
      // Light comes through the thin top of a wave that has not broken.
      const crest = level / (amplitude + 0.15);
      const thin =
        crest > 0.35 && amplitude > 0.1 && broken < 1
          ? smoothstep(0.35, 1, crest) *
            smoothstep(0.1, 0.5, amplitude) *
            (1 - broken) *
            Math.min(1, front * 1.2 + 0.15)
          : 0;
      point.x = x;
      point.z = z;
      point.height = level;
      point.metres = metres;
      point.slopeX = slopeX;
      point.slopeZ = slopeZ;
      point.roughness = open.roughness(footprint) * 0.8;
      paint.crest = thin * 0.16;
      waterColour(light, canvas.eye, point, paint, ink);
      const shallow =
        offshore > 26 ? 0 : smoothstep(isBright ? 26 : 11, 0, offshore) * (isBright ? 0.75 : 0.6);
      const film = offshore < 0 ? smoothstep(1.6, 0, offshore + up) * 0.5 : 0;
      if (shallow > 0) {
        for (let channel = 0; channel < 3; channel++) {
          const ground = sand[channel]! * (ambient[channel]! * 0.55 + sunColour[channel]! * 0.1);
          const tropic = ground * (isBright ? scatter[channel]! * 1.6 + 0.25 : 1);
          const body = ink[channel]!;
          const water = body + (tropic + body * 0.35 - body) * shallow;
          ink[channel] = water + (ground * 0.6 + body * 0.5 - water) * film;
        }
      }
      foamAt(x, z, level, breaker, up, seconds, footprint, foam);
      if (foam.cover > 0.002) {
        const billow =
          foam.cover > 0.02 && footprint < 2.2
            ? ridges(x * 0.9 + wave * 3.7, (z + ROLLING * seconds) * 1.1 + level * 1.6, 81, 4)
            : 0.4;
        const face = front > 0.05 ? broken * smoothstep(0.05, 0.5, front) * smoothstep(1.02, 0.75, front) : 0;
        const lip = front > 0.8 ? broken * smoothstep(0.8, 1, front) : 0;
        const tone = Math.max(
          0.12,
          Math.min(
            1,
            0.72 +
              0.45 * foam.texture -
              slopeZ * 0.15 -
              face * 0.42 * (1.35 - billow) +
              lip * 0.35 * billow +
              (phase < 0.5 ? 0.15 * billow : 0),
          ),
        );
        const warm = lip * 0.5 + 0.2 * billow;
        for (let channel = 0; channel < 3; channel++) {
          const bright = (ambient[channel]! * 0.7 + sunColour[channel]! * (0.13 + 0.2 * warm)) * 1.12;
          const shadow = ambient[channel]! * 0.36 + deep[channel]! * 0.6;
          const white = shadow + (bright - shadow) * tone;
          ink[channel] = ink[channel]! + (white - ink[channel]!) * foam.cover;
        }
      }
      addHaze(light, ink, metres, sideways, away, level);
      ink[3] = foam.cover;
      return 'water';
    },
  });
}

/** Colours of the water and the beach in the light of the plan. */
function waterPaints(
  { plan }: Easel,
  isSouthern: boolean,
  isBright: boolean,
  sky: number,
): Record<'deep' | 'scatter' | 'sand', Colour> {
  const tints = plan.palette.filter(({ region }) => region === 'water');
  const paint = (value: Colour, amount: number) =>
    tints.reduce((result, { hex }) => tinted(result, colour(hex), amount), value);
  const body = isSouthern ? 0x0a8fa0 : isBright ? 0x0d6684 : 0x0f4a5c;
  const strength = 0.75 * Math.min(1, sky * 1.15);
  return {
    deep: paint(scaleColour(colour(body), strength), 0.85),
    scatter: paint(scaleColour(colour(isSouthern ? 0x40e0c8 : 0x3fb8a0), Math.min(1, sky * 1.2)), 0.7),
    sand: mixColours(
      colour(isSouthern ? 0xf0e0c4 : 0xc9a57c),
      colour(0x9a8a78),
      plan.weather === 'storm' ? 0.4 : 0,
    ),
  };
}

/** How much foam covers a point, 0–1, and its texture (about ±1). */
interface Foam {
  cover: number;
  texture: number;
}

/** How fast foam rolls along with a breaker, and drifts ashore behind it, in metres a second. */
const ROLLING = 1.7;
const DRIFT = 0.22;
/** How far out, in metres, the water still goes up and down the beach. */
const SWASH = 14;

/** Writes the foam at a point `up` metres below where the water ends on the sand into `foam`. */
function foamAt(
  x: number,
  z: number,
  level: number,
  { offshore, phase, wave, broken, front }: SurfPoint,
  up: number,
  seconds: number,
  footprint: number,
  foam: Foam,
): void {
  foam.cover = 0;
  foam.texture = 0;
  if (offshore > 60 && broken === 0) return;
  const trail =
    (broken > 0 && phase < 0.85 ? 0.95 * broken * Math.exp(-phase * 2.2) : 0) +
    (offshore < 6 ? 0.45 * smoothstep(6, 0, offshore) : 0);
  if (broken === 0 && trail < 0.02) return;
  const texture = fractal(x * 1.7, (z + ROLLING * seconds + level * 1.2) * 1.7, 73, 3);
  const fresh =
    broken *
    (front * front * 1.5 +
      (phase > 0.9 ? smoothstep(0.9, 1, phase) * 0.5 : 0) +
      (phase < 0.5 ? Math.exp(-phase * 9) * 1.25 : 0));
  let white = 0;
  if (fresh > 0.02) {
    const rough = texture * 0.6 + 0.25 * noise(x * 0.35, wave * 5.7 + z * 0.1, 83);
    white = smoothstep(0.22, 0.8, fresh + rough * smoothstep(0.02, 0.3, fresh));
  }
  let web = 0;
  let edge = 0;
  if (trail > 0.02) {
    const fine = smoothstep(2.2, 0.5, footprint);
    // The foam on the sand goes up and down with the water that carries it.
    const carried = offshore < SWASH ? 0.7 * (up + 0.5) * smoothstep(SWASH, 0, offshore) : 0;
    const along = z + carried + DRIFT * seconds;
    const laceX = x * 0.9 + noise(x * 0.5, along * 0.5, 61) * 0.8;
    const laceZ = (along + level * 1.3 * broken) * 0.9;
    const net =
      fine > 0
        ? mix(0.5, lace(laceX * 1.5, laceZ * 1.3, 71) * 0.62 + lace(laceX * 3.9, laceZ * 3.4, 72) * 0.4, fine)
        : 0.5;
    web = smoothstep(trail * 0.62, trail * 0.62 - 0.16, net) * smoothstep(0.05, 0.3, trail);
    if (offshore < 1) {
      const inside = offshore + up;
      edge =
        smoothstep(0.42, 0.1, inside + texture * 0.18) +
        0.6 * smoothstep(2.2, 0.2, inside) * smoothstep(0.34, 0.16, net);
    }
  }
  foam.cover = clamp01(Math.max(white, web * 0.8, edge));
  foam.texture = texture;
}
