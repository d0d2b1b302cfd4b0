import { SAMPLE_RATE, type StereoSamples } from '../samples.ts';

/** What silence reads, in LUFS: far below the gate of −70. */
const SILENCE = -120;

/** Samples between two loudness blocks (100 ms); a block is four of them. */
const HOP = SAMPLE_RATE / 10;

/**
 * Integrated loudness in LUFS, with both gates (ITU-R BS.1770-5, annex 1). A sound shorter than one block of 400 ms
 * is measured as if silence followed.
 */
export function integratedLoudness(samples: StereoSamples): number {
  const blocks = blockPowers(samples).filter((power) => toLoudness(power) > -70);
  if (blocks.length === 0) return SILENCE;
  const gate = toLoudness(mean(blocks)) - 10;
  return toLoudness(mean(blocks.filter((power) => toLoudness(power) > gate)));
}

/** The loudest 400 ms in LUFS ("maximum momentary loudness", EBU Tech 3341): the level of an event. */
export function loudestMoment(samples: StereoSamples): number {
  return toLoudness(Math.max(...blockPowers(samples)));
}

function toLoudness(power: number): number {
  return power < 1e-12 ? SILENCE : -0.691 + 10 * Math.log10(power);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Mean K-weighted power, summed over the channels, of blocks of 400 ms every 100 ms. */
function blockPowers({ left, right }: StereoSamples): number[] {
  const hops = Math.max(4, Math.floor(left.length / HOP));
  const hopPowers = new Float64Array(hops);
  addWeightedPower(left, hopPowers);
  addWeightedPower(right, hopPowers);
  const blocks: number[] = [];
  for (let hop = 0; hop + 4 <= hops; hop++) {
    blocks.push((hopPowers[hop]! + hopPowers[hop + 1]! + hopPowers[hop + 2]! + hopPowers[hop + 3]!) / 4);
  }
  return blocks;
}

/** Adds the mean square of every 100 ms after the K weighting (its coefficients for 48 kHz are in BS.1770, tables 1 and 2). */
function addWeightedPower(channel: Float32Array, hopPowers: Float64Array): void {
  let x1 = 0;
  let x2 = 0;
  let y1 = 0;
  let y2 = 0;
  let z1 = 0;
  let z2 = 0;
  const end = Math.min(channel.length, hopPowers.length * HOP);
  for (let index = 0; index < end; index++) {
    const x = channel[index]!;
    const y =
      1.53512485958697 * x -
      2.69169618940638 * x1 +
      1.19839281085285 * x2 +
      1.69065929318241 * y1 -
      0.73248077421585 * y2;
    const z = y - 2 * y1 + y2 + 1.99004745483398 * z1 - 0.99007225036621 * z2;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    z2 = z1;
    z1 = z;
    hopPowers[(index / HOP) | 0]! += (z * z) / HOP;
  }
}
