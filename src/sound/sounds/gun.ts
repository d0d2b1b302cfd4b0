import { between, type Random } from '../../random.ts';
import { StateVariableFilter } from '../dsp/filter.ts';
import { SAMPLE_RATE } from '../samples.ts';
import { moments } from './parts/moments.ts';
import { addAt, addBurst, seconds } from './parts/mono.ts';

/** A gun: the muzzle blast within two milliseconds, the crack of the bullet before it, the land that answers. */
export const gun = moments({
  name: 'gun',
  summary: 'A shot, a burst of a machine gun, a cannon-like rifle far away.',
  variants: ['shot', 'burst', 'far'],
  loudness: -15,
  words: {
    strong:
      'gun gunshot gunfire machine-gun rifle pistol shotgun shoot-gun fire-gun gun-fire firearm revolver ' +
      'cap-gun sniper gun-shot shots-fire gunman weapon-fire fire-weapon burst-of-gunfire',
    weak: 'shoot bullet weapon shots',
    variants: {
      shot: 'pistol rifle shotgun revolver cap shot',
      burst: 'machine burst automatic gunfire battle',
      far: 'distant far',
    },
  },
  gap: { shot: 1.8, burst: 1.8, far: 1.6 },
  draw({ variant }, random) {
    const samples = seconds(2);
    const shots = variant === 'burst' ? 5 + Math.floor(random() * 6) : 1;
    for (let place = 0; place < shots; place++) {
      addAt(
        samples,
        fire(variant === 'far', random),
        place * between(random, 0.085, 0.095),
        between(random, 0.85, 1),
      );
    }
    return samples;
  },
});

function fire(far: boolean, random: Random): Float32Array {
  const samples = seconds(1.3);
  const land = new StateVariableFilter(far ? 420 : 1900, 0.6);
  for (let index = 0; index < samples.length; index++) {
    const time = index / SAMPLE_RATE;
    const width = far ? 0.006 : 0.0016;
    const blast = (1 - time / width) * Math.exp(-time / width) * (far ? 0.7 : 2.2);
    if ((index & 31) === 0) land.tune((far ? 240 : 320) + (far ? 300 : 3200) * Math.exp(-time / 0.09), 0.6);
    const echo =
      land.lowPass(random() - 0.5) * (Math.exp(-time / 0.035) * 1.6 + 0.5 * Math.exp(-time / 0.32));
    samples[index] = Math.tanh((blast + echo) * 5);
  }
  if (!far) {
    addBurst(samples, 0, { frequency: 5200, resonance: 0.6, attack: 0.0003, decay: 0.02, gain: 1.6 }, random);
    addBurst(samples, 0, { frequency: 140, resonance: 0.8, attack: 0.002, decay: 0.12, gain: 2 }, random);
  }
  return samples;
}
