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
  return gatedLoudness(weightedPower(samples));
}

/**
 * Integrated loudness in LUFS from {@link weightedPower}.
 *
 * @param gain multiplies the samples, one value each, slowly enough for the weighting not to notice. Default: 1
 */
export function gatedLoudness(power: Float32Array, gain?: Float32Array): number {
  const blocks = blockPowers(power, gain).filter((block) => toLoudness(block) > -70);
  if (blocks.length === 0) return SILENCE;
  const gate = toLoudness(mean(blocks)) - 10;
  return toLoudness(mean(blocks.filter((block) => toLoudness(block) > gate)));
}

/** The loudest 400 ms in LUFS ("maximum momentary loudness", EBU Tech 3341): the level of an event. */
export function loudestMoment(samples: StereoSamples): number {
  return toLoudness(Math.max(...blockPowers(weightedPower(samples))));
}

/** The mean over everything, pauses too, in LUFS: {@link gatedLoudness} without its gates. */
export function meanLoudness(power: Float32Array, gain?: Float32Array): number {
  return toLoudness(mean(blockPowers(power, gain)));
}

function toLoudness(power: number): number {
  return power < 1e-12 ? SILENCE : -0.691 + 10 * Math.log10(power);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Mean power of blocks of 400 ms every 100 ms. */
function blockPowers(power: Float32Array, gain?: Float32Array): number[] {
  const hops = Math.max(4, Math.floor(power.length / HOP));
  const hopPowers = new Float64Array(hops);
  for (let hop = 0; hop < hops; hop++) {
    const end = Math.min(power.length, (hop + 1) * HOP);
    let sum = 0;
    if (gain === undefined) for (let index = hop * HOP; index < end; index++) sum += power[index]!;
    else for (let index = hop * HOP; index < end; index++) sum += power[index]! * gain[index]! * gain[index]!;
    hopPowers[hop] = sum / HOP;
  }
  const blocks: number[] = [];
  for (let hop = 0; hop + 4 <= hops; hop++) {
    blocks.push((hopPowers[hop]! + hopPowers[hop + 1]! + hopPowers[hop + 2]! + hopPowers[hop + 3]!) / 4);
  }
  return blocks;
}

/** K-weighted power of every sample, summed over the channels. */
export function weightedPower({ left, right }: StereoSamples): Float32Array {
  const power = new Float32Array(left.length);
  addWeightedPower(left, power);
  addWeightedPower(right, power);
  return power;
}

/** The coefficients of the K weighting for 48 kHz are in BS.1770, tables 1 and 2. */
function addWeightedPower(channel: Float32Array, power: Float32Array): void {
  let x1 = 0;
  let x2 = 0;
  let y1 = 0;
  let y2 = 0;
  let z1 = 0;
  let z2 = 0;
  for (let index = 0; index < channel.length; index++) {
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
    power[index]! += z * z;
  }
}
