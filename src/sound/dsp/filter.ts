import { SAMPLE_RATE } from '../samples.ts';

/**
 * A two-pole filter whose cutoff may move at every sample without clicks.
 * Andrew Simper, "Solving the continuous SVF equations using trapezoidal integration" (Cytomic, 2013).
 */
export class StateVariableFilter {
  private first = 0;
  private second = 0;
  private damping = 0;
  private a1 = 0;
  private a2 = 0;
  private a3 = 0;
  private band = 0;
  private low = 0;

  /** `cutoff` in Hz (held below 0.47 of the sample rate), `resonance` is Q: 0.707 is the flattest. */
  constructor(cutoff: number, resonance = Math.SQRT1_2) {
    this.tune(cutoff, resonance);
  }

  /** Moves the cutoff, in Hz, and Q; keeps what rings. */
  tune(cutoff: number, resonance: number): void {
    const g = Math.tan((Math.PI * Math.min(cutoff, SAMPLE_RATE * 0.47)) / SAMPLE_RATE);
    this.damping = 1 / resonance;
    this.a1 = 1 / (1 + g * (g + this.damping));
    this.a2 = g * this.a1;
    this.a3 = g * this.a2;
  }

  /** The next sample of what lies below the cutoff. */
  lowPass(sample: number): number {
    this.step(sample);
    return this.low;
  }

  /** The next sample of what lies around the cutoff; gain 1 at the centre. */
  bandPass(sample: number): number {
    this.step(sample);
    return this.band * this.damping;
  }

  /** The next sample of what lies above the cutoff. */
  highPass(sample: number): number {
    this.step(sample);
    return sample - this.damping * this.band - this.low;
  }

  private step(sample: number): void {
    const difference = sample - this.second;
    const band = this.a1 * this.first + this.a2 * difference;
    const low = this.second + this.a2 * this.first + this.a3 * difference;
    this.first = 2 * band - this.first;
    this.second = 2 * low - this.second;
    this.band = band;
    this.low = low;
  }
}

/** Keeps what lies below `cutoff` Hz, in place (12 dB per octave). Returns its argument. */
export function lowPass(samples: Float32Array, cutoff: number, resonance = Math.SQRT1_2): Float32Array {
  const filter = new StateVariableFilter(cutoff, resonance);
  for (let index = 0; index < samples.length; index++) samples[index] = filter.lowPass(samples[index]!);
  return samples;
}

/** Keeps what lies above `cutoff` Hz, in place (12 dB per octave). Returns its argument. */
export function highPass(samples: Float32Array, cutoff: number, resonance = Math.SQRT1_2): Float32Array {
  const filter = new StateVariableFilter(cutoff, resonance);
  for (let index = 0; index < samples.length; index++) samples[index] = filter.highPass(samples[index]!);
  return samples;
}

/** Keeps what lies around `centre` Hz, in place (6 dB per octave each side). Returns its argument. */
export function bandPass(samples: Float32Array, centre: number, resonance: number): Float32Array {
  const filter = new StateVariableFilter(centre, resonance);
  for (let index = 0; index < samples.length; index++) samples[index] = filter.bandPass(samples[index]!);
  return samples;
}
