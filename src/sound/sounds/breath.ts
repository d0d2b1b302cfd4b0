import { between } from '../../random.ts';
import { lowPass, StateVariableFilter } from '../dsp/filter.ts';
import { SAMPLE_RATE } from '../samples.ts';
import { moments } from './parts/moments.ts';
import { hill, seconds } from './parts/mono.ts';

/** Breath through the formants of nose and throat; a snore is the soft palate that flutters in it, 30–60 Hz. */
export const breath = moments({
  name: 'breath',
  summary: 'Somebody breathes, pants, gasps or snores.',
  variants: ['breath', 'pant', 'snore'],
  loudness: -24,
  words: {
    strong: 'breath breathe snore gasp pant sigh exhale inhale',
    weak: 'sniff blow-nose',
    variants: { breath: 'breath breathe sigh exhale inhale', pant: 'pant gasp dog', snore: 'snore sleep' },
  },
  gap: { breath: 3.2, pant: 0.42, snore: 3.4 },
  draw({ variant }, random) {
    const pant = variant === 'pant';
    const snore = variant === 'snore';
    const samples = seconds(pant ? 0.38 : 2.9);
    const throat = new StateVariableFilter(600, 1.4);
    const mouth = new StateVariableFilter(1700, 1.1);
    const palate = between(random, 32, 48);
    let phase = 0;
    for (let index = 0; index < samples.length; index++) {
      const part = index / samples.length;
      const out = part > 0.5;
      const swell = hill((part * 2) % 1, 0.35, 0.5) * (out ? 0.8 : 1);
      phase += (palate * (1 + 0.15 * Math.sin(9 * part))) / SAMPLE_RATE;
      const flutter = snore && !out ? Math.exp(-(phase % 1) * 6) * 4 : 1;
      if ((index & 63) === 0) {
        throat.tune(out ? 480 : snore ? 320 : 750, snore && !out ? 2.5 : 1.4);
        mouth.tune(out ? 1300 : 2300, 1.1);
      }
      const air = (random() - 0.5) * flutter * swell;
      samples[index] = throat.bandPass(air) * 1.4 + mouth.bandPass(air) * (snore && !out ? 0.3 : 1);
    }
    // Nobody hisses while breathing: a throat is a narrow pipe with soft walls.
    return lowPass(samples, pant ? 4200 : 2800);
  },
});
