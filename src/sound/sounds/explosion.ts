import { between } from '../../random.ts';
import { driftCurve } from '../dsp/drift.ts';
import { StateVariableFilter } from '../dsp/filter.ts';
import { brownNoise, pinkNoise } from '../dsp/noise.ts';
import { SAMPLE_RATE } from '../samples.ts';
import { betweenOctaves } from './parts/chance.ts';
import { moments } from './parts/moments.ts';
import { addBurst } from './parts/mono.ts';

/** An explosion: the blast wave (a steep rise and a longer fall, Friedlander 1946), fire that roars after it, debris that falls. */
export const explosion = moments({
  name: 'explosion',
  summary: 'An explosion near or far, a volcano, an avalanche.',
  variants: ['near', 'far', 'rumble'],
  loudness: -14,
  words: {
    strong:
      'explosion explode blast bomb detonate missile grenade volcano eruption avalanche landslide earthquake ' +
      'erupt meteor artillery cannon dynamite rockslide collapse-building ground-rumble artillery-is-fire ' +
      'artillery-fire cannon-fire',
    weak: 'boom demolition cannonfire',
    variants: {
      near: 'explosion bomb blast explode grenade',
      far: 'distant far artillery boom war',
      rumble: 'rumble earthquake avalanche landslide volcano eruption',
    },
  },
  follows: 'hit',
  gap: { near: 3.4, far: 2.6, rumble: 5 },
  draw({ variant, intensity }, random) {
    const far = variant === 'far';
    const rumble = variant === 'rumble';
    const length = Math.round((rumble ? 5 : 3.6) * SAMPLE_RATE);
    const samples = new Float32Array(length);
    const noise = pinkNoise(length, random);
    const deep = brownNoise(length, random);
    const fire = driftCurve(length, rumble ? 9 : 14, random, 3);
    const body = new StateVariableFilter(3000, 0.6);
    const width = 0.012 + 0.02 * intensity;
    for (let index = 0; index < length; index++) {
      const time = index / SAMPLE_RATE;
      if ((index & 31) === 0)
        body.tune((far ? 160 : 190) + (far || rumble ? 300 : 6500) * Math.exp(-time / 0.22), 0.6);
      const blast = rumble ? 0 : (1 - time / width) * Math.exp(-time / width) * (far ? 0.6 : 2.4);
      const swell = rumble
        ? Math.sin(Math.PI * Math.min(1, time / 5)) ** 0.7
        : Math.exp(-time / (far ? 0.9 : 0.65));
      const roar =
        body.lowPass(noise[index]!) * (0.4 + fire[index]! ** 2 * 1.8) +
        deep[index]! * 0.9 * (0.5 + fire[index]!);
      const attack = far ? Math.min(1, time / 0.05) : Math.min(1, time / 0.002);
      samples[index] = Math.tanh((blast + roar * swell * attack) * 1.5);
    }
    for (let piece = 0; piece < (far ? 0 : 45); piece++) {
      const time = 0.3 + random() ** 1.5 * 2.2;
      addBurst(
        samples,
        time,
        {
          frequency: betweenOctaves(random, 500, 5200),
          resonance: 1.6,
          attack: 0.001,
          decay: between(random, 0.01, 0.05),
          gain: 0.28 * random() ** 2,
        },
        random,
      );
    }
    return samples;
  },
});
