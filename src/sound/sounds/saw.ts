import { between } from '../../random.ts';
import { StateVariableFilter } from '../dsp/filter.ts';
import { Sawtooth } from '../dsp/sawtooth.ts';
import { SAMPLE_RATE } from '../samples.ts';
import { engines, runEngine } from './parts/combustion.ts';
import { source } from './parts/source.ts';

/** A saw: strokes by hand whose teeth tear grain by grain; a circular saw that sings; a chainsaw's two-stroke. */
export const saw = source({
  name: 'saw',
  summary: 'A hand saw, a circular saw, a chainsaw, a sander.',
  variants: ['hand', 'circular', 'chain', 'sander'],
  loudness: -20,
  words: {
    strong:
      'saw chainsaw circular-saw sawing sander angle-grinder hedge-trimmer sawmill woodwork trimmer-run ' +
      'chainsaw-run saw-run',
    weak: 'sand grinder trimmer carpenter plane-wood lathe hedge',
    variants: {
      hand: 'hand carpenter',
      circular: 'circular table electric grinder power sawmill lathe',
      chain: 'chain chainsaw hedge tree trimmer',
      sander: 'sander sand planing',
    },
  },
  draw(length, { variant, pace }, random) {
    if (variant === 'chain') {
      const rev = (index: number) => 0.5 + 0.5 * Math.max(0, Math.sin((index / SAMPLE_RATE) * 1.9)) ** 0.5;
      return runEngine(length, engines.twoStroke, (index) => 45 + 95 * rev(index), rev, random);
    }
    const samples = new Float32Array(length);
    const sings = variant === 'circular';
    const blade = new StateVariableFilter(sings ? 3900 : 2300, sings ? 6 : 1.1);
    const board = new StateVariableFilter(sings ? 1400 : 520, 1.3);
    const motor = new Sawtooth(random());
    const strokes = 1.1 + 1.2 * pace;
    let phase = 0;
    let tooth = 0;
    for (let index = 0; index < length; index++) {
      const time = index / SAMPLE_RATE;
      if (variant === 'hand') {
        const swing = Math.sin(2 * Math.PI * strokes * time);
        // The push cuts, the pull only rubs; the teeth pass faster in the middle of the stroke.
        phase += ((40 + 210 * Math.abs(swing)) * between(random, 0.9, 1.1)) / SAMPLE_RATE;
        if (phase >= 1) {
          phase -= 1;
          tooth = between(random, 0.4, 1) * Math.abs(swing) ** 0.7 * (swing > 0 ? 1 : 0.35);
        }
        const torn = (random() - 0.5) * tooth * Math.exp(-phase * 3);
        if ((index & 63) === 0) blade.tune(1500 + 1700 * Math.abs(swing), 1.1);
        samples[index] = blade.bandPass(torn) + board.bandPass(torn) * 0.9;
        continue;
      }
      const bites = sings ? Math.max(0, Math.sin(time * 1.6)) ** 0.4 : 0.6;
      const whine = motor.next(sings ? 96 * (1.1 - 0.16 * bites) : 120) * 0.2;
      // The pad of a sander orbits; each turn presses once.
      const press = sings ? 1 : 0.35 + 0.65 * Math.max(0, Math.sin(2 * Math.PI * 3.1 * time)) ** 2;
      const torn = (random() - 0.5) * (0.2 + bites) * press;
      samples[index] =
        whine * (sings ? 0.6 : 1.6) +
        blade.bandPass(torn + whine) * (0.7 + bites) +
        board.bandPass(torn) * 0.6;
    }
    return samples;
  },
});
