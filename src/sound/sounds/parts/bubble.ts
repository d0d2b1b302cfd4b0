import { panGains } from '../../dsp/pan.ts';
import { SAMPLE_RATE, type StereoSamples } from '../../samples.ts';

/**
 * Adds the note of one bubble that forms in water: a sine that fades and rises a little.
 * Minnaert's resonance with the damping and the rise of Kees van den Doel, "Physically based models for liquid sounds"
 * (ACM TAP 2005): d = 0.043 f + 0.0014 f^1.5 per second; the frequency grows as 1 + rise · d · t.
 * `frequency` in Hz (a bubble of 3 mm radius: 1 kHz), `rise` 0 deep below … 0.2 at the surface, `pan` −1 … 1.
 */
export function addBubble(
  target: StereoSamples,
  at: number,
  frequency: number,
  gain: number,
  rise: number,
  pan: number,
): void {
  const { left, right } = target;
  if (at < 0 || at >= left.length) return;
  const [leftGain, rightGain] = panGains(pan);
  const damping = 0.043 * frequency + 0.0014 * frequency ** 1.5;
  const end = Math.min(left.length, at + Math.ceil((SAMPLE_RATE * 5) / damping));
  const fall = Math.exp(-damping / SAMPLE_RATE);
  const growth = (rise * damping) / SAMPLE_RATE;
  const radians = (2 * Math.PI * frequency) / SAMPLE_RATE;
  // The sine turns as a pointer: by `turn` with every sample, and the turn itself grows by `more`.
  const [moreCosine, moreSine] = [Math.cos(radians * growth), Math.sin(radians * growth)];
  let [turnCosine, turnSine] = [Math.cos(radians), Math.sin(radians)];
  let [cosine, sine] = [1, 0];
  let level = gain;
  for (let index = at; index < end; index++) {
    const across = cosine * turnCosine - sine * turnSine;
    sine = sine * turnCosine + cosine * turnSine;
    cosine = across;
    const turned = turnCosine * moreCosine - turnSine * moreSine;
    turnSine = turnSine * moreCosine + turnCosine * moreSine;
    turnCosine = turned;
    const attack = index - at < 12 ? (index - at) / 12 : 1;
    const sample = sine * level * attack;
    level *= fall;
    left[index]! += sample * leftGain;
    right[index]! += sample * rightGain;
  }
}
