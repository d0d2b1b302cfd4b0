import { SAMPLE_RATE } from '../samples.ts';

/**
 * A sawtooth in [−1, 1] without the mirrored harmonics of a naive one; its frequency may move at every sample.
 * The step is rounded by a polynomial over two samples (PolyBLEP; Välimäki & Huovilainen, IEEE SPM 2007).
 */
export class Sawtooth {
  private phase: number;

  /** Starts at a phase in [0, 1). */
  constructor(phase: number) {
    this.phase = phase;
  }

  /** The next sample at `frequency` Hz. */
  next(frequency: number): number {
    const step = frequency / SAMPLE_RATE;
    const phase = this.phase;
    this.phase = phase + step >= 1 ? phase + step - 1 : phase + step;
    return valueAt(phase, step);
  }

  /** Adds the samples from `start` to `end` at `frequency` Hz. */
  add(target: Float32Array, start: number, end: number, frequency: number): void {
    const step = frequency / SAMPLE_RATE;
    let phase = this.phase;
    for (let index = start; index < end; index++) {
      target[index]! += valueAt(phase, step);
      phase += step;
      if (phase >= 1) phase -= 1;
    }
    this.phase = phase;
  }
}

/** The value at a phase that moves on by `step` a sample, its fall rounded. */
function valueAt(phase: number, step: number): number {
  const value = 2 * phase - 1;
  if (phase < step) {
    const t = phase / step;
    return value - (t + t - t * t - 1);
  }
  if (phase > 1 - step) {
    const t = (phase - 1) / step;
    return value - (t * t + t + t + 1);
  }
  return value;
}
