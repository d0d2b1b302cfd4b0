import type { StereoSamples } from '../samples.ts';

/** Gains of the two channels for a place between −1 (left) and 1 (right); their squares add up to 1. */
export function panGains(pan: number): [left: number, right: number] {
  const angle = ((Math.max(-1, Math.min(1, pan)) + 1) * Math.PI) / 4;
  return [Math.cos(angle), Math.sin(angle)];
}

/** Adds one channel at a place (−1 … 1) from sample `at` on; what lies outside the target is cut off. */
export function addPanned(
  target: StereoSamples,
  mono: Float32Array,
  at: number,
  gain: number,
  pan: number,
): void {
  const [leftGain, rightGain] = panGains(pan);
  const { left, right } = target;
  const first = Math.max(0, -at);
  const last = Math.min(mono.length, left.length - at);
  for (let index = first; index < last; index++) {
    const sample = mono[index]! * gain;
    left[at + index]! += sample * leftGain;
    right[at + index]! += sample * rightGain;
  }
}

/** Adds a sound to another from sample `at` on; what lies outside the target is cut off. */
export function addStereo(target: StereoSamples, source: StereoSamples, at: number, gain: number): void {
  const first = Math.max(0, -at);
  const last = Math.min(source.left.length, target.left.length - at);
  for (const channel of ['left', 'right'] as const) {
    const [to, from] = [target[channel], source[channel]];
    for (let index = first; index < last; index++) to[at + index]! += from[index]! * gain;
  }
}
