import type { Random } from '../../../random.ts';
import { StateVariableFilter } from '../../dsp/filter.ts';
import { SAMPLE_RATE } from '../../samples.ts';

/** A bass drum: a sine whose pitch falls, and the click of the beater. */
export function playKick(random: Random): Float32Array {
  const click = new StateVariableFilter(3000);
  let phase = 0;
  return shape(0.34, (time, fade) => {
    phase += (2 * Math.PI * (46 + 150 * Math.exp(-time * 38) + 300 * Math.exp(-time * 320))) / SAMPLE_RATE;
    const noise = click.lowPass(random() * 2 - 1) * 0.25 * Math.exp(-time * 700);
    return (Math.tanh(1.6 * Math.sin(phase) * Math.exp(-time * 9)) * 0.9 + noise) * fade;
  });
}

/** A clap over a snare: bursts of noise, the last with a tail, and the tone of the skin. */
export function playSnare(random: Random): Float32Array {
  const band = new StateVariableFilter(1700, 0.8);
  return shape(0.28, (time, fade) => {
    let level = 0;
    for (const burst of [0, 0.011, 0.022])
      if (time >= burst) level = Math.max(level, Math.exp(-(time - burst) * 170));
    if (time >= 0.026) level = Math.max(level, 0.85 * Math.exp(-(time - 0.026) * 22));
    const skin = Math.sin(2 * Math.PI * 190 * time) * Math.exp(-time * 30) * 0.4;
    return (band.bandPass(random() * 2 - 1) * 2 * level + skin) * fade;
  });
}

/** A closed hi-hat. */
export function playHat(random: Random): Float32Array {
  const high = new StateVariableFilter(7600, 0.8);
  return shape(0.09, (time, fade) => high.highPass(random() * 2 - 1) * 0.6 * Math.exp(-time * 60) * fade);
}

/** A shaker: grains that swell and stop. */
export function playShaker(random: Random): Float32Array {
  const band = new StateVariableFilter(6200, 0.9);
  return shape(0.11, (time, fade) => {
    const swell = Math.sin(Math.PI * Math.min(1, time / 0.1)) ** 1.5;
    return band.bandPass(random() * 2 - 1) * 0.7 * swell * fade;
  });
}

/** A large drum of skin and wood, hit with a soft mallet. */
export function playDrum(random: Random): Float32Array {
  const skin = new StateVariableFilter(420, 0.8);
  let phase = 0;
  let upper = 0;
  return shape(1.1, (time, fade) => {
    phase += (2 * Math.PI * (62 + 40 * Math.exp(-time * 25))) / SAMPLE_RATE;
    upper += (2 * Math.PI * (99 + 50 * Math.exp(-time * 25))) / SAMPLE_RATE;
    const body = Math.sin(phase) * Math.exp(-time * 4) + 0.4 * Math.sin(upper) * Math.exp(-time * 7);
    const slap = skin.bandPass(random() * 2 - 1) * 1.2 * Math.exp(-time * 28);
    return Math.tanh((body + slap) * 1.1) * Math.min(1, time / 0.002) * fade;
  });
}

/** A crash cymbal. */
export function playCrash(random: Random): Float32Array {
  const high = new StateVariableFilter(4200, 0.6);
  return shape(1.6, (time, fade) => {
    return high.highPass(random() * 2 - 1) * 0.5 * Math.exp(-time * 3) * Math.min(1, time / 0.002) * fade;
  });
}

/** Noise that climbs for so many seconds towards a downbeat. */
export function playRiser(seconds: number, random: Random): Float32Array {
  const band = new StateVariableFilter(400, 1.4);
  return shape(seconds, (time, fade) => {
    const part = time / seconds;
    band.tune(400 + 6500 * part * part, 1.4);
    return band.bandPass(random() * 2 - 1) * part * part * fade;
  });
}

/** Samples of a function of the time in seconds; `fade` falls from 1 to 0 in the last 10 ms. */
function shape(seconds: number, sample: (time: number, fade: number) => number): Float32Array {
  const samples = new Float32Array(Math.round(seconds * SAMPLE_RATE));
  for (let index = 0; index < samples.length; index++) {
    samples[index] = sample(index / SAMPLE_RATE, Math.min(1, (samples.length - index) / 480));
  }
  return samples;
}
