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
}

const GRAVITY = 9.81;

/** (1 + sin) ÷ 2 as a table of one turn: sines are most of the work of a sea. */
const TURN = 4096;
const turn = Float32Array.from(
  { length: TURN },
  (_, step) => 0.5 + 0.5 * Math.sin((step / TURN) * 2 * Math.PI),
);
const swing = (angle: number): number => turn[Math.floor(angle * (TURN / (2 * Math.PI))) & (TURN - 1)]!;

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
    };
  });
  const shares: Float64Array[] = [];
  const roughnesses = new Map<Float64Array, number>();
  /** How much of each train is drawn at a footprint, in steps of an eighth of an octave. */
  const sharesAt = (footprint: number): Float64Array => {
    const step = Math.max(0, Math.min(160, Math.round(Math.log2(footprint) * 8) + 80));
    shares[step] ??= Float64Array.from(trains, ({ length }) =>
      smoothstep(1.2, 3.5, length / 2 ** ((step - 80) / 8)),
    );
    return shares[step];
  };
  return {
    height(x, z, footprint) {
      const drawn = sharesAt(footprint);
      let height = 0;
      const bend = noise(x * 0.03, z * 0.03, salt) * 2.4;
      const gust = 0.6 + 0.5 * noise(x * 0.008 + 5, z * 0.008, salt + 1);
      for (let index = 0; index < trains.length; index++) {
        const train = trains[index]!;
        const amplitude = train.amplitude * drawn[index]!;
        if (amplitude < 1e-4) continue;
        const crest = swing(train.x * x + train.z * z + train.phase + bend * (1 + train.length * 0.03));
        height += amplitude * (crest * (0.4 + 0.6 * crest) * 2 - 0.85);
      }
      if (footprint < 0.9) {
        const share = smoothstep(0.9, 0.3, footprint);
        height += gust * 0.035 * wind * noise(x * 1.3, z * 1.1 + 0.9 * seconds, salt + 2) * share;
      }
      if (footprint < 0.3) height += gust * 0.015 * wind * noise(x * 3.1, z * 2.9 + 1.6 * seconds, salt + 3);
      return height * gust;
    },
    roughness(footprint) {
      const drawn = sharesAt(footprint);
      const known = roughnesses.get(drawn);
      if (known !== undefined) return known;
      let variance = 0.02 * wind;
      for (let index = 0; index < trains.length; index++) {
        const { amplitude, length } = trains[index]!;
        variance += (1 - drawn[index]!) * ((amplitude * 2 * Math.PI) / length) ** 2;
      }
      const roughness = Math.sqrt(variance) * 0.55;
      roughnesses.set(drawn, roughness);
      return roughness;
    },
  };
}
