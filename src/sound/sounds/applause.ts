import { between } from '../../random.ts';
import { driftCurve } from '../dsp/drift.ts';
import { addStereo } from '../dsp/pan.ts';
import { reverberate } from '../dsp/reverb.ts';
import { createStereo, SAMPLE_RATE } from '../samples.ts';
import { betweenOctaves } from './parts/chance.ts';
import { addGrain } from './parts/grain.ts';
import { talk } from './parts/talk.ts';
import type { TextureSound } from './sound.ts';

/**
 * Applause: every clapper has a pace of about four a second and hands of one size, whose hollow rings between 600 Hz
 * and 2.5 kHz (Peltola, Erkut, Cook & Välimäki, "Synthesis of hand clapping sounds", IEEE TASLP 2007).
 */
export const applause: TextureSound = {
  kind: 'texture',
  name: 'applause',
  summary: 'People who clap; a crowd that cheers.',
  variants: ['clapping', 'cheering'],
  loudness: -21,
  words: {
    strong: 'applause applaud clap cheer ovation crowd-cheer',
    weak: 'celebrate hooray yell-crowd',
    variants: { clapping: 'applause applaud clap ovation', cheering: 'cheer hooray yell celebrate' },
  },
  render(length, { density, variant }, random) {
    const samples = createStereo(length);
    const cheering = variant === 'cheering';
    const clappers = Math.round((cheering ? 14 : 10) + 60 * density ** 1.5);
    const seconds = length / SAMPLE_RATE;
    for (let clapper = 0; clapper < clappers; clapper++) {
      const rate = between(random, 3.2, 4.8);
      const hands = betweenOctaves(random, 700, 2300);
      const near = between(random, 0.15, 1) ** 1.4;
      const pan = between(random, -0.9, 0.9);
      for (let time = random() / rate; time < seconds; time += between(random, 0.88, 1.12) / rate) {
        const at = Math.round(time * SAMPLE_RATE);
        const clap = {
          frequency: hands * between(random, 0.9, 1.1),
          resonance: 1.7,
          decay: 0.011,
          gain: 0.4 * near,
          pan,
        };
        addGrain(samples, at, clap, random);
        addGrain(
          samples,
          at,
          { ...clap, frequency: 4200, resonance: 0.7, decay: 0.003, gain: 0.25 * near },
          random,
        );
      }
    }
    if (cheering) {
      for (let voice = 0; voice < 8; voice++) {
        const shout = talk(length, voice % 2 === 0 ? 'woman' : 'man', 0.3, random);
        const swell = driftCurve(length, 0.8, random);
        for (let index = 0; index < length; index++) shout[index]! *= swell[index]! * 0.5;
        addStereo(samples, { left: shout, right: shout }, Math.round(random() * 2000), 0.25);
      }
    }
    addStereo(samples, reverberate(samples, { decay: 1.3, damping: 5500, delay: 0.018 }), 0, 0.5);
    return samples;
  },
};
