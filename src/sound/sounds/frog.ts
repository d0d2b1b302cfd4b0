import { between } from '../../random.ts';
import { StateVariableFilter } from '../dsp/filter.ts';
import { SAMPLE_RATE } from '../samples.ts';
import { moments } from './parts/moments.ts';
import { addAt, hill, seconds } from './parts/mono.ts';

/** A frog: pulses of the vocal sac that follow each other some 40 times a second, each ringing in the sac. */
export const frog = moments({
  name: 'frog',
  summary: 'Frogs and toads that croak.',
  variants: ['croak', 'tree'],
  loudness: -22,
  words: { strong: 'frog toad croak ribbit', weak: 'swamp', variants: { tree: 'tree tropical jungle' } },
  gap: { croak: 0.8, tree: 0.4 },
  draw({ variant }, random) {
    const samples = seconds(0.9);
    const small = variant === 'tree';
    const sac = between(random, 0.9, 1.1) * (small ? 2300 : 620);
    const calls = small ? 1 : 1 + Math.floor(random() * 2);
    for (let call = 0; call < calls; call++) {
      const part = seconds(between(random, 0.18, 0.32));
      const body = new StateVariableFilter(sac, 7);
      const lid = new StateVariableFilter(sac * 2.3, 6);
      let phase = 0;
      for (let index = 0; index < part.length; index++) {
        const place = index / part.length;
        phase += (between(random, 0.97, 1.03) * (small ? 62 : 38 + 18 * place)) / SAMPLE_RATE;
        const pulse = Math.exp(-(phase % 1) * 14) * hill(place, 0.25, 0.3) * (0.8 + 0.4 * random());
        if ((index & 31) === 0) body.tune(sac * (0.85 + 0.3 * place), 7);
        part[index] = body.bandPass(pulse) + lid.bandPass(pulse) * 0.4;
      }
      addAt(samples, part, call * 0.38, 1);
    }
    return samples;
  },
});
