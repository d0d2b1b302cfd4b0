import { clamp01, smoothstep } from '../../pixels/smoothstep.ts';
import { mix } from '../canvas/colour.ts';
import { noise } from '../canvas/noise.ts';

/** What the surf is at one point. */
export interface SurfPoint {
  /** Metres seaward of the mean shoreline. */
  offshore: number;
  /** 0 on a crest … just below 1 on the steep face before the next one. */
  phase: number;
  /** Which wave it is; each lives a life of its own. */
  wave: number;
  /** Height of the crest that the point belongs to, metres. */
  amplitude: number;
  /** How far it has broken, 0–1. */
  broken: number;
  /** How steep the face is here, 0–1. */
  front: number;
  /** Height in metres. */
  height: number;
}

/** Waves that come in, steepen and break on a beach, at one moment. */
export interface Surf {
  /** Describes a point; the object is reused. */
  at(x: number, z: number): SurfPoint;
  /** How far up the sand the water stands, in metres landward of the mean shoreline. */
  runUp(x: number): number;
  /** How far up the sand is wet. */
  wetUp(x: number): number;
  /** Rise of the beach, metres a metre. */
  slope: number;
  /**
   * When a wave breaks at a place along the beach, when it runs onto the sand there, both in seconds of the surf's own
   * clock, and how high it is (0–1.2).
   */
  breaking(wave: number, x: number): { seconds: number; arrival: number; peak: number };
}

const GRAVITY = 9.81;
const SLOPE = 0.045;
/** Seconds from wave to wave. */
const PERIOD = 5.6;

/** Seconds that a wave takes from `offshore` metres to the shore: ∫ ds / √(g·depth), the depth growing by the slope. */
function travelTime(offshore: number): number {
  return 2 * Math.sqrt((Math.max(0, offshore) + 1) / (GRAVITY * SLOPE));
}

/** Functions of x alone are tables, every 0.2 m from here on, linear between: they are read some million times a picture. */
const FIRST = -220;
const LAST = 220;
const PER_METRE = 5;

type Table = Float32Array;

function tabulate(value: (x: number) => number): Table {
  const count = (LAST - FIRST) * PER_METRE;
  return Float32Array.from({ length: count + 2 }, (_, index) => value(FIRST + index / PER_METRE));
}

/** Where x lies in every table: the whole part is the entry before it, the rest how far it is to the next. */
function placeOf(x: number): number {
  return x <= FIRST ? 0 : x >= LAST ? (LAST - FIRST) * PER_METRE : (x - FIRST) * PER_METRE;
}

function read(table: Table, place: number): number {
  const index = place | 0;
  const value = table[index]!;
  return value + (table[index + 1]! - value) * (place - index);
}

/** A table for each wave, made when it is first asked for. */
function tabulatePerWave(value: (wave: number, x: number) => number): (wave: number) => Table {
  const tables: Table[] = [];
  return (wave) => {
    // The wave before the first arrives late on the sand: −1 exists.
    tables[wave + 2] ??= tabulate((at) => value(wave, at));
    return tables[wave + 2]!;
  };
}

/**
 * The surf of a beach whose mean shoreline lies `shore` metres before the painter.
 *
 * @param height typical height of a crest in metres
 * @param seconds the moment
 */
export function createSurf(seed: number, shore: number, height: number, seconds: number): Surf {
  const salt = seed & 1023;
  const shoreline = tabulate(
    (x) => shore + 2.2 * noise(x * 0.035, 3.7, salt) + 0.8 * noise(x * 0.13, 9.1, salt),
  );
  const wobble = tabulate(
    (x) => 0.1 * noise(x * 0.02, 1.3, salt + 4) + 0.03 * noise(x * 0.09, 5.3, salt + 5),
  );
  const ownWobble = tabulatePerWave((wave, x) => 0.1 * noise(x * 0.03, wave * 3.3, salt + 6));
  const peakOf = tabulatePerWave(
    (wave, x) =>
      0.62 +
      0.5 * noise(x * 0.022 + wave * 7.1, wave * 1.7, salt + 7) +
      0.12 * noise(x * 0.11, wave * 2.9, salt + 8),
  );
  const reach = tabulatePerWave(
    (wave, x) =>
      2.1 +
      1.7 * noise(x * 0.05 + wave * 5.1, wave * 1.3, salt + 9) +
      0.25 * noise(x * 0.6, wave * 2.2, salt + 10),
  );
  const wet = tabulate((x) => 3.6 + 0.9 * noise(x * 0.06, 2.2, salt + 11));
  const breakingFrom = 40;
  const point: SurfPoint = {
    offshore: 0,
    phase: 0,
    wave: 0,
    amplitude: 0,
    broken: 0,
    front: 0,
    height: 0,
  };
  let [lastX, lastZ] = [Number.NaN, Number.NaN];
  const at = (x: number, z: number): SurfPoint => {
    // A point's height is asked for first, then its colour.
    if (x === lastX && z === lastZ) return point;
    lastX = x;
    lastZ = z;
    const place = placeOf(x);
    const offshore = z - read(shoreline, place);
    point.offshore = offshore;
    if (offshore > 125) {
      point.phase = 0.5;
      point.amplitude = point.broken = point.front = 0;
      point.height = 0.12;
      return point;
    }
    let position = (travelTime(offshore) + seconds) / PERIOD + read(wobble, place);
    const whole = Math.floor(position);
    const rest = position - whole;
    position += read(ownWobble(whole), place) * smoothstep(0, 0.25, rest) * smoothstep(1, 0.75, rest);
    const wave = Math.floor(position);
    const phase = position - wave;
    const peak = read(peakOf(phase > 0.5 ? wave + 1 : wave), place);
    const amplitude =
      height *
      Math.max(0.12, Math.min(1.2, peak)) *
      smoothstep(120, 30, offshore) *
      smoothstep(-0.5, 8, offshore);
    // What is high breaks first, so every crest has green shoulders beside its white.
    const breaking = breakingFrom * (0.25 + 0.95 * clamp01(peak));
    const broken = smoothstep(breaking, breaking * 0.62, offshore) * smoothstep(-2, 1.5, offshore);
    const front = smoothstep(mix(0.62, 0.87, smoothstep(60, 12, offshore)), 1, phase);
    const back = Math.exp(-phase * mix(3.5, 6.5, smoothstep(50, 10, offshore)));
    point.phase = phase;
    point.wave = wave;
    point.amplitude = amplitude;
    point.broken = broken;
    point.front = phase > 0.5 ? front : 0;
    point.height =
      amplitude * (phase > 0.5 ? front ** 1.35 : back) * mix(1, 0.72, broken * smoothstep(20, 6, offshore)) +
      0.12 * smoothstep(0, 4, offshore);
    return point;
  };
  const highest = tabulate((x) => {
    const place = placeOf(x);
    const position = (travelTime(0) + seconds) / PERIOD + read(wobble, place);
    let most = -1;
    for (let back = 0; back < 2; back++) {
      const wave = Math.floor(position) - back;
      const age = position - wave;
      // A wave that arrives runs up fast and drains slowly.
      const share = age < 0.3 ? Math.sin((age / 0.3) * (Math.PI / 2)) : 1 - ((age - 0.3) / 0.85) ** 1.2;
      most = Math.max(most, read(reach(wave), place) * share - 0.5);
    }
    return most;
  });
  const breaking = (wave: number, x: number) => {
    const peak = Math.max(0.12, Math.min(1.2, read(peakOf(wave), placeOf(x))));
    const offshore = breakingFrom * (0.25 + 0.95 * clamp01(peak)) * 0.75;
    const shore = (wave - read(wobble, placeOf(x))) * PERIOD;
    return { seconds: shore - travelTime(offshore), arrival: shore - travelTime(1), peak };
  };
  return {
    at,
    runUp: (x) => read(highest, placeOf(x)),
    wetUp: (x) => read(wet, placeOf(x)),
    slope: SLOPE,
    breaking,
  };
}
