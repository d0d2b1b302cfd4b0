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
    const difference = sample - this.second;
    const band = this.a1 * this.first + this.a2 * difference;
    const low = this.second + this.a2 * this.first + this.a3 * difference;
    this.first = 2 * band - this.first;
    this.second = 2 * low - this.second;
    return low;
  }

  /** The next sample of what lies around the cutoff; gain 1 at the centre. */
  bandPass(sample: number): number {
    const difference = sample - this.second;
    const band = this.a1 * this.first + this.a2 * difference;
    const low = this.second + this.a2 * this.first + this.a3 * difference;
    this.first = 2 * band - this.first;
    this.second = 2 * low - this.second;
    return band * this.damping;
  }

  /** The next sample of what lies above the cutoff. */
  highPass(sample: number): number {
    const difference = sample - this.second;
    const band = this.a1 * this.first + this.a2 * difference;
    const low = this.second + this.a2 * this.first + this.a3 * difference;
    this.first = 2 * band - this.first;
    this.second = 2 * low - this.second;
    return sample - this.damping * band - low;
  }

  /**
   * Filters a whole channel in place: what lies below, around and above the cutoff, in these shares. The state is kept in
   * variables meanwhile, which takes a third of the time.
   */
  run(samples: Float32Array, lowShare: number, bandShare: number, highShare: number): void {
    const { a1, a2, a3, damping } = this;
    let { first, second } = this;
    const fromLow = lowShare - highShare;
    const fromBand = (bandShare - highShare) * damping;
    for (let index = 0; index < samples.length; index++) {
      const sample = samples[index]!;
      const difference = sample - second;
      const band = a1 * first + a2 * difference;
      const low = second + a2 * first + a3 * difference;
      first = 2 * band - first;
      second = 2 * low - second;
      samples[index] = highShare * sample + fromLow * low + fromBand * band;
    }
    this.first = first;
    this.second = second;
  }
}

/** Keeps what lies below `cutoff` Hz, in place (12 dB per octave). Returns its argument. */
export function lowPass(samples: Float32Array, cutoff: number, resonance = Math.SQRT1_2): Float32Array {
  new StateVariableFilter(cutoff, resonance).run(samples, 1, 0, 0);
  return samples;
}

/** Keeps what lies above `cutoff` Hz, in place (12 dB per octave). Returns its argument. */
export function highPass(samples: Float32Array, cutoff: number, resonance = Math.SQRT1_2): Float32Array {
  new StateVariableFilter(cutoff, resonance).run(samples, 0, 0, 1);
  return samples;
}

/** Keeps what lies around `centre` Hz, in place (6 dB per octave each side). Returns its argument. */
export function bandPass(samples: Float32Array, centre: number, resonance: number): Float32Array {
  new StateVariableFilter(centre, resonance).run(samples, 0, 1, 0);
  return samples;
}
