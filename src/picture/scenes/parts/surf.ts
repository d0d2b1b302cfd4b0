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
  /** Metres seaward of the mean shoreline; all that is to be known of dry sand. */
  offshore(x: number, z: number): number;
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

/** Functions of the distance from the shore are tables, too: from here on, so finely. */
const NEAREST = -8;
const FARTHEST = 125;
const PER_METRE_OUT = 16;
/** Metres from the shore at which a high wave begins to break. */
const BREAKING_FROM = 40;

function tabulateOut(value: (offshore: number) => number): Table {
  const count = (FARTHEST - NEAREST) * PER_METRE_OUT;
  return Float32Array.from({ length: count + 2 }, (_, step) => value(NEAREST + step / PER_METRE_OUT));
}

/** What the distance from the shore makes of a wave. */
const byDistance = {
  travel: tabulateOut(travelTime),
  /** It grows where the water becomes shallow, and ends on the sand. */
  shoaling: tabulateOut((offshore) => smoothstep(120, 30, offshore) * smoothstep(-0.5, 8, offshore)),
  afloat: tabulateOut((offshore) => smoothstep(-2, 1.5, offshore)),
  /** The phase at which its steep face begins, and how fast its back falls off. */
  foot: tabulateOut((offshore) => mix(0.62, 0.87, smoothstep(60, 12, offshore))),
  decay: tabulateOut((offshore) => mix(3.5, 6.5, smoothstep(50, 10, offshore))),
  /** How much lower it is once it has broken. */
  spent: tabulateOut((offshore) => smoothstep(20, 6, offshore)),
  rise: tabulateOut((offshore) => 0.12 * smoothstep(0, 4, offshore)),
};

/** A table for each wave, made when it is first asked for. */
function tabulatePerWave(value: (wave: number, x: number) => number): (wave: number) => Table {
  const tables: Table[] = [];
  return (wave) => {
    // The wave before the first arrives late on the sand: −1 exists.
    tables[wave + 2] ??= tabulate((at) => value(wave, at));
    return tables[wave + 2]!;
  };
}

/** What of a beach does not change from moment to moment. */
function tabulateBeach(seed: number, shore: number) {
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
  return { seed, shore, shoreline, wobble, ownWobble, peakOf, reach, wet };
}

/** The last beach: the moments of a film are all of the same one. */
let lastBeach: ReturnType<typeof tabulateBeach> | undefined;
function beachOf(seed: number, shore: number): ReturnType<typeof tabulateBeach> {
  if (lastBeach?.seed !== seed || lastBeach.shore !== shore) lastBeach = tabulateBeach(seed, shore);
  return lastBeach;
}

/**
 * The surf of a beach whose mean shoreline lies `shore` metres before the painter.
 *
 * @param height typical height of a crest in metres
 * @param seconds the moment
 */
export function createSurf(seed: number, shore: number, height: number, seconds: number): Surf {
  const { shoreline, wobble, ownWobble, peakOf, reach, wet } = beachOf(seed, shore);
  const point: SurfPoint = {
    offshore: 0,
    phase: 0,
    wave: 0,
    amplitude: 0,
    broken: 0,
    front: 0,
    height: 0,
  };
  // In an array, because a captured number that changes is put on the heap each time.
  const last = new Float64Array(2).fill(Number.NaN);
  const at = (x: number, z: number): SurfPoint => {
    // A point's height is asked for first, then its colour.
    if (x === last[0] && z === last[1]) return point;
    last[0] = x;
    last[1] = z;
    const place = placeOf(x);
    const offshore = z - read(shoreline, place);
    point.offshore = offshore;
    if (offshore > FARTHEST) {
      point.phase = 0.5;
      point.amplitude = point.broken = point.front = 0;
      point.height = 0.12;
      return point;
    }
    const from = Math.max(0, (offshore - NEAREST) * PER_METRE_OUT);
    let position = (read(byDistance.travel, from) + seconds) / PERIOD + read(wobble, place);
    const whole = Math.floor(position);
    const rest = position - whole;
    // Each wave wobbles by itself, less towards its ends, so that they still meet.
    const inner = Math.min(1, 4 * rest, 4 - 4 * rest);
    position += read(ownWobble(whole), place) * (inner * inner * (3 - 2 * inner));
    const wave = Math.floor(position);
    const phase = position - wave;
    const peak = read(peakOf(phase > 0.5 ? wave + 1 : wave), place);
    const amplitude = height * Math.max(0.12, Math.min(1.2, peak)) * read(byDistance.shoaling, from);
    // What is high breaks first, so every crest has green shoulders beside its white.
    const breaking = BREAKING_FROM * (0.25 + 0.95 * Math.max(0, Math.min(1, peak)));
    const past = Math.min(1, (breaking - offshore) / (0.38 * breaking));
    const broken = past <= 0 ? 0 : past * past * (3 - 2 * past) * read(byDistance.afloat, from);
    let front = 0;
    let shape: number;
    if (phase > 0.5) {
      const foot = read(byDistance.foot, from);
      const up = (phase - foot) / (1 - foot);
      front = up <= 0 ? 0 : up * up * (3 - 2 * up);
      shape = front === 0 ? 0 : front ** 1.35;
    } else shape = Math.exp(-phase * read(byDistance.decay, from));
    point.phase = phase;
    point.wave = wave;
    point.amplitude = amplitude;
    point.broken = broken;
    point.front = front;
    point.height =
      amplitude * shape * (1 - 0.28 * broken * read(byDistance.spent, from)) + read(byDistance.rise, from);
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
    const offshore = BREAKING_FROM * (0.25 + 0.95 * clamp01(peak)) * 0.75;
    const shore = (wave - read(wobble, placeOf(x))) * PERIOD;
    return { seconds: shore - travelTime(offshore), arrival: shore - travelTime(1), peak };
  };
  return {
    at,
    offshore: (x, z) => z - read(shoreline, placeOf(x)),
    runUp: (x) => read(highest, placeOf(x)),
    wetUp: (x) => read(wet, placeOf(x)),
    slope: SLOPE,
    breaking,
  };
}
