import { createRandom } from '../../../random.ts';
import { smoothstep } from '../../pixels/smoothstep.ts';
import { noise } from '../canvas/noise.ts';

/** The waves of the open sea at one moment. */
export interface OpenSea {
  /** Height in metres; trains of waves too short for the footprint (metres) are left out. */
  height(x: number, z: number, footprint: number): number;
  /** Typical slope of the waves that the footprint leaves out. */
  roughness(footprint: number): number;
}

interface Train {
  x: number;
  z: number;
  amplitude: number;
  phase: number;
  length: number;
  /** How much of the sea's bend it follows. */
  bent: number;
}

/** What changes over tens of metres only is a table, every two metres of what lies before the painter. */
const PATCH = { cell: 2, columns: 152, rows: 132, left: -151 } as const;

/** A smooth field over the near sea, from a table; beyond it from the function itself. */
function patch(value: (x: number, z: number) => number): (x: number, z: number) => number {
  const { cell, columns, rows, left } = PATCH;
  const table = Float32Array.from({ length: columns * rows }, (_, at) =>
    value(left + cell * (at % columns), cell * Math.floor(at / columns)),
  );
  return (x, z) => {
    const across = (x - left) / cell;
    const away = z / cell;
    if (across < 0 || across >= columns - 1 || away < 0 || away >= rows - 1) return value(x, z);
    const column = across | 0;
    const row = away | 0;
    const at = row * columns + column;
    const share = across - column;
    const near = table[at]! + (table[at + 1]! - table[at]!) * share;
    const far = table[at + columns]! + (table[at + columns + 1]! - table[at + columns]!) * share;
    return near + (far - near) * (away - row);
  };
}

const GRAVITY = 9.81;

/** (1 + sin) ÷ 2 as a table of one turn: sines are most of the work of a sea. */
const TURN = 4096;
const turn = Float32Array.from(
  { length: TURN },
  (_, step) => 0.5 + 0.5 * Math.sin((step / TURN) * 2 * Math.PI),
);
const PER_RADIAN = TURN / (2 * Math.PI);

/**
 * Nine trains of sharpened sines from 26 m down, each 1.62 times shorter, spread about the wind.
 *
 * They run as waves on deep water do: ω² = g · k.
 *
 * @param wind 0.35 calm … 2.2 storm
 * @param seconds the moment
 */
export function createOpenSea(seed: number, wind: number, seconds: number): OpenSea {
  const random = createRandom(seed);
  const salt = seed & 1023;
  const trains = Array.from({ length: 9 }, (_, index): Train => {
    const length = 26 / 1.62 ** index;
    const angle = -1.3 + (random() - 0.5) * 1.5;
    const number = (2 * Math.PI) / length;
    return {
      x: Math.cos(angle) * number,
      z: Math.sin(angle) * number,
      amplitude: 0.018 * length * wind * (index < 2 ? 1.3 : 1),
      phase: random() * 9 - Math.sqrt(GRAVITY * number) * seconds,
      length,
      bent: 1 + length * 0.03,
    };
  });
  const bendAt = patch((x, z) => noise(x * 0.03, z * 0.03, salt) * 2.4);
  const gustAt = patch((x, z) => 0.6 + 0.5 * noise(x * 0.008 + 5, z * 0.008, salt + 1));
  const shares: Float64Array[] = [];
  const roughnesses: number[] = [];
  /** A footprint in eight steps an octave. */
  const stepOf = (footprint: number): number => {
    // The number of the octave and the three bits after the first: a logarithm that costs nothing.
    const bits = Math.max(8, Math.min(1 << 24, footprint * 1024)) | 0;
    const octave = 31 - Math.clz32(bits);
    return octave * 8 + ((bits >> (octave - 3)) & 7);
  };
  /** How much of each train is drawn at a footprint. */
  const sharesAt = (step: number): Float64Array => {
    const typical = (2 ** (step >> 3) * (8.5 + (step & 7))) / 8 / 1024;
    shares[step] ??= Float64Array.from(trains, ({ length }) => smoothstep(1.2, 3.5, length / typical));
    return shares[step];
  };
  return {
    height(x, z, footprint) {
      const step = stepOf(footprint);
      const drawn = shares[step] ?? sharesAt(step);
      let height = 0;
      const bend = bendAt(x, z);
      const gust = gustAt(x, z);
      for (let index = 0; index < trains.length; index++) {
        // Each train is shorter than the one before: where one is too short to be seen, the rest are.
        if (drawn[index] === 0) break;
        const train = trains[index]!;
        const amplitude = train.amplitude * drawn[index]!;
        const angle = train.x * x + train.z * z + train.phase + bend * train.bent;
        const crest = turn[Math.floor(angle * PER_RADIAN) & (TURN - 1)]!;
        height += amplitude * (crest * (0.4 + 0.6 * crest) * 2 - 0.85);
      }
      if (footprint < 0.9) {
        const share = footprint < 0.3 ? 1 : smoothstep(0.9, 0.3, footprint);
        height += gust * 0.035 * wind * noise(x * 1.3, z * 1.1 + 0.9 * seconds, salt + 2) * share;
      }
      if (footprint < 0.3) height += gust * 0.015 * wind * noise(x * 3.1, z * 2.9 + 1.6 * seconds, salt + 3);
      return height * gust;
    },
    roughness(footprint) {
      const step = stepOf(footprint);
      const known = roughnesses[step];
      if (known !== undefined) return known;
      const drawn = sharesAt(step);
      let variance = 0.02 * wind;
      for (let index = 0; index < trains.length; index++) {
        const { amplitude, length } = trains[index]!;
        variance += (1 - drawn[index]!) * ((amplitude * 2 * Math.PI) / length) ** 2;
      }
      const roughness = Math.sqrt(variance) * 0.55;
      roughnesses[step] = roughness;
      return roughness;
    },
  };
}
