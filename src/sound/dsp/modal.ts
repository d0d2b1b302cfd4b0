import { SAMPLE_RATE } from '../samples.ts';

/** One way in which a body rings. */
export interface Mode {
  /** Frequency as a multiple of the body's lowest mode. */
  ratio: number;
  /** Amplitude against the others, 0–1. */
  gain: number;
  /** Seconds until it has faded by 60 dB. */
  decay: number;
}

/** What a struck body is made of. */
export type Material = 'wood' | 'metal' | 'glass' | 'stone';

/**
 * Modes of struck bodies. Ratios: a free bar (1 : 2.756 : 5.404 …, Fletcher & Rossing, "The Physics of Musical
 * Instruments", chapter 2) for metal, plates for the others; decays shorten with frequency as internal friction does.
 */
export const materialModes: Record<Material, readonly Mode[]> = {
  wood: [
    { ratio: 1, gain: 1, decay: 0.11 },
    { ratio: 1.47, gain: 0.45, decay: 0.08 },
    { ratio: 2.57, gain: 0.7, decay: 0.075 },
    { ratio: 3.41, gain: 0.3, decay: 0.06 },
    { ratio: 4.97, gain: 0.4, decay: 0.05 },
    { ratio: 7.7, gain: 0.22, decay: 0.035 },
    { ratio: 11.2, gain: 0.14, decay: 0.03 },
  ],
  metal: [
    { ratio: 1, gain: 1, decay: 1.6 },
    { ratio: 1.51, gain: 0.35, decay: 1.2 },
    { ratio: 2.756, gain: 0.8, decay: 1.15 },
    { ratio: 3.96, gain: 0.35, decay: 0.9 },
    { ratio: 5.404, gain: 0.6, decay: 0.75 },
    { ratio: 8.933, gain: 0.45, decay: 0.5 },
    { ratio: 13.34, gain: 0.28, decay: 0.32 },
    { ratio: 18.6, gain: 0.15, decay: 0.2 },
  ],
  glass: [
    { ratio: 1, gain: 1, decay: 0.5 },
    { ratio: 1.81, gain: 0.3, decay: 0.34 },
    { ratio: 2.32, gain: 0.8, decay: 0.38 },
    { ratio: 4.25, gain: 0.7, decay: 0.28 },
    { ratio: 6.63, gain: 0.5, decay: 0.2 },
    { ratio: 9.38, gain: 0.35, decay: 0.15 },
  ],
  stone: [
    { ratio: 1, gain: 1, decay: 0.035 },
    { ratio: 1.43, gain: 0.6, decay: 0.03 },
    { ratio: 2.1, gain: 0.7, decay: 0.028 },
    { ratio: 3.7, gain: 0.5, decay: 0.022 },
    { ratio: 5.9, gain: 0.3, decay: 0.016 },
  ],
};

/**
 * A body struck once at sample 0, as one channel of the given length.
 * `frequency` is the lowest mode in Hz; `contact` is how long the striker touches, in seconds: a longer touch is a
 * softer striker, which leaves high modes at rest. Modes above 0.45 of the sample rate are left out.
 */
export function strike(
  modes: readonly Mode[],
  frequency: number,
  contact: number,
  length: number,
): Float32Array {
  const samples = new Float32Array(length);
  const touch = Math.max(1, Math.round(contact * SAMPLE_RATE));
  for (const mode of modes) {
    const hertz = frequency * mode.ratio;
    if (hertz > SAMPLE_RATE * 0.45) continue;
    const radius = 10 ** (-3 / (mode.decay * SAMPLE_RATE));
    const angle = (2 * Math.PI * hertz) / SAMPLE_RATE;
    const forward = 2 * radius * Math.cos(angle);
    const back = radius * radius;
    const push = (mode.gain * Math.sin(angle) * Math.PI) / (2 * touch);
    // Nothing of a mode is audible after 1.5 times its 60 dB decay.
    const end = Math.min(length, Math.ceil(mode.decay * 1.5 * SAMPLE_RATE) + touch);
    let previous = 0;
    let beforeThat = 0;
    for (let index = 0; index < end; index++) {
      const force = index < touch ? Math.sin((Math.PI * (index + 0.5)) / touch) * push : 0;
      const sample = force + forward * previous - back * beforeThat;
      beforeThat = previous;
      previous = sample;
      samples[index]! += sample;
    }
  }
  return samples;
}
