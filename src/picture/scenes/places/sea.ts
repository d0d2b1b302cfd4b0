import { createRandom, deriveSeed } from '../../../random.ts';
import { clamp01, smoothstep } from '../../pixels/smoothstep.ts';
import { type Colour, colour, luminance, mix, mixColours, scaleColour, tinted } from '../canvas/colour.ts';
import { addHaze, skyColour } from '../canvas/light.ts';
import { fractal, lace, noise, ridges } from '../canvas/noise.ts';
import { evenRows, paintRelief } from '../canvas/relief.ts';
import { paintSky } from '../parts/sky.ts';
import { createSurf, type Surf } from '../parts/surf.ts';
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
  paint: paintSky,
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
    const { offshore, height: level } = surf.at(x, z);
    const up = offshore < 5 ? surf.runUp(x) : 9;
    if (offshore < -up) return -offshore * surf.slope;
    if (offshore < 0) return -offshore * surf.slope + 0.012;
    // On the sand the water is a film: a step there would be a wall.
    const swell = mix(0.15, 0.8, smoothstep(-1, 25, offshore)) * smoothstep(0, 5, offshore);
    return 0.012 + level + open.height(x, z, footprint) * swell;
  };
  const spare = new Float64Array(3);
  // Reused from point to point: garbage would cost as much as the waves.
  const point = { x: 0, z: 0, height: 0, metres: 0, slopeX: 0, slopeZ: 0, roughness: 0 };
  const paint = { deep, scatter, crest: 0 };
  const rows = canvas.unit > 1.1 || easel.isFilmed ? 1 : 0.7;
  paintRelief(canvas, evenRows(canvas, 5000, rows), {
    veil: 'foam',
    height,
    shade(place, ink) {
      const { x, z, height: level, metres, footprint } = place;
      const { offshore, phase, wave, amplitude, broken, front } = surf.at(x, z);
      const up = offshore < SWASH ? surf.runUp(x) : 9;
      const sideways = x / metres;
      const away = z / metres;
      if (offshore < -up) {
        const wet = smoothstep(surf.wetUp(x) + 1.2, surf.wetUp(x) - 0.6, -offshore);
        const grain =
          fractal(x * 3, z * 3, 5, 3) * 0.1 +
          fractal(x * 0.4, z * 0.9, 6, 3) * 0.14 +
          (footprint < 0.05 ? noise(x * 22, z * 22, 8) * 0.05 : 0);
        const sheen = noise(x * 0.8, z * 1.3, 12) * 0.03;
        skyColour(light, sideways + sheen, Math.max(0.02, (canvas.eye / metres) * 0.9 + 0.02), away, spare);
        const mirrored = wet * (0.1 + 0.75 * (1 - canvas.eye / metres) ** 4);
        for (let channel = 0; channel < 3; channel++) {
          const lit = ambient[channel]! * 0.8 + sunColour[channel]! * 0.22;
          const body = sand[channel]! * lit * (0.6 + grain) * mix(1, 0.42, wet);
          ink[channel] = mix(body, spare[channel]!, mirrored);
        }
        ink[3] = 0;
        return 'land';
      }
      const slopeX = Math.max(-1.2, Math.min(1.2, place.slopeX));
      const slopeZ = Math.max(-1.2, Math.min(1.2, place.slopeZ));
      // Light comes through the thin top of a wave that has not broken.
      const thin =
        smoothstep(0.35, 1, level / (amplitude + 0.15)) *
        smoothstep(0.1, 0.5, amplitude) *
        (1 - broken) *
        clamp01(front * 1.2 + 0.15);
      point.x = x;
      point.z = z;
      point.height = level;
      point.metres = metres;
      point.slopeX = slopeX;
      point.slopeZ = slopeZ;
      point.roughness = open.roughness(footprint) * 0.8;
      paint.crest = thin * 0.16;
      waterColour(light, canvas.eye, point, paint, ink);
      const shallow = smoothstep(isBright ? 26 : 11, 0, offshore) * (isBright ? 0.75 : 0.6);
      const foam = foamAt(x, z, level, { offshore, phase, wave, broken, front, up, seconds }, footprint);
      const billow =
        foam.cover > 0 && footprint < 2.2
          ? ridges(x * 0.9 + wave * 3.7, (z + ROLLING * seconds) * 1.1 + level * 1.6, 81, 4)
          : 0.4;
      const face = broken * smoothstep(0.05, 0.5, front) * smoothstep(1.02, 0.75, front);
      const lip = broken * smoothstep(0.8, 1, front);
      const tone = Math.max(
        0.12,
        Math.min(
          1.5,
          0.72 +
            0.45 * foam.texture -
            slopeZ * 0.15 -
            face * 0.42 * (1.35 - billow) +
            lip * 0.35 * billow +
            (phase < 0.5 ? 0.15 * billow : 0),
        ),
      );
      const warm = lip * 0.5 + 0.2 * billow;
      const film = offshore < 0 ? smoothstep(1.6, 0, offshore + up) * 0.5 : 0;
      for (let channel = 0; channel < 3; channel++) {
        const ground = sand[channel]! * (ambient[channel]! * 0.55 + sunColour[channel]! * 0.1);
        const tropic = ground * (isBright ? scatter[channel]! * 1.6 + 0.25 : 1);
        const water = mix(ink[channel]!, tropic + ink[channel]! * 0.35, shallow);
        const through = mix(water, ground * 0.6 + ink[channel]! * 0.5, film);
        const bright = ambient[channel]! * 0.7 + sunColour[channel]! * (0.13 + 0.2 * warm);
        const shadow = ambient[channel]! * 0.36 + deep[channel]! * 0.6;
        ink[channel] = mix(through, mix(shadow, bright * 1.12, clamp01(tone)), foam.cover);
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

interface Breaker {
  offshore: number;
  phase: number;
  wave: number;
  broken: number;
  front: number;
  up: number;
  seconds: number;
}

/** How fast foam rolls along with a breaker, and drifts ashore behind it, in metres a second. */
const ROLLING = 1.7;
const DRIFT = 0.22;
/** How far out, in metres, the water still goes up and down the beach. */
const SWASH = 14;

const bare = { cover: 0, texture: 0 };

/** How much foam covers a point, and its texture (about ±1). */
function foamAt(
  x: number,
  z: number,
  level: number,
  { offshore, phase, wave, broken, front, up, seconds }: Breaker,
  footprint: number,
): { cover: number; texture: number } {
  if (offshore > 60 && broken === 0) return bare;
  const trail =
    broken * (phase < 0.85 ? Math.exp(-phase * 2.2) : 0) * 0.95 + smoothstep(6, 0, offshore) * 0.45;
  if (broken === 0 && trail < 0.02) return bare;
  const texture = fractal(x * 1.7, (z + ROLLING * seconds + level * 1.2) * 1.7, 73, 3);
  const fresh =
    broken *
    (front ** 2 * 1.5 + smoothstep(0.9, 1, phase) * 0.5 + (phase < 0.5 ? Math.exp(-phase * 9) * 1.25 : 0));
  const white = smoothstep(
    0.22,
    0.8,
    fresh + (texture * 0.6 + 0.25 * noise(x * 0.35, wave * 5.7 + z * 0.1, 83)) * smoothstep(0.02, 0.3, fresh),
  );
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
  return { cover: clamp01(Math.max(white, web * 0.8, edge)), texture };
}
