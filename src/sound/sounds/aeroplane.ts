import { driftCurve } from '../dsp/drift.ts';
import { StateVariableFilter } from '../dsp/filter.ts';
import { brownNoise, pinkNoise } from '../dsp/noise.ts';
import { SAMPLE_RATE } from '../samples.ts';
import { engines, runEngine, wander } from './parts/combustion.ts';
import { source } from './parts/source.ts';

/** An aeroplane overhead: the tearing roar of a jet with the whine of its fan, sinking in pitch; or a propeller's drone. */
export const aeroplane = source({
  name: 'aeroplane',
  summary: 'A jet, a propeller aeroplane, a rocket.',
  variants: ['jet', 'propeller', 'rocket'],
  loudness: -20,
  words: {
    strong:
      'airplane aeroplane aircraft airliner jet-engine fighter-jet rocket-lift rocket-blast rocket-take rocket-fly rocket-start spaceship-take spaceship-launch spaceship-fly jet-fly plane-fly rocket-launch jumbo ' +
      'propeller biplane airplane-engine-run jet-engine-run plane-engine-run airplane-engine',
    weak: 'plane jet flight airport rocket spaceship',
    variants: { jet: 'jet airliner', propeller: 'propeller biplane small', rocket: 'rocket launch' },
  },
  draw(length, { variant }, random) {
    if (variant === 'propeller') {
      const steady = wander(0.012, 2, random);
      return runEngine(
        length,
        engines.propeller,
        (index) => 38 * steady(index),
        () => 0.8,
        random,
      );
    }
    const rocket = variant === 'rocket';
    const roar = pinkNoise(length, random);
    const deep = brownNoise(length, random);
    const tearing = driftCurve(length, rocket ? 38 : 16, random, 3);
    const body = new StateVariableFilter(600, 0.5);
    const fan = new StateVariableFilter(2400, 9);
    let phase = 0;
    for (let index = 0; index < length; index++) {
      const part = index / length;
      // It passes in the middle: what is near is brighter, and what leaves is lower.
      const near = Math.exp(-(((part - 0.5) * 2.2) ** 2));
      if ((index & 63) === 0) {
        body.tune((rocket ? 380 : 500) + 1900 * near, 0.5);
        fan.tune(2500 * (1.12 - 0.24 * part), 9);
      }
      phase += (2 * Math.PI * 2500 * (1.12 - 0.24 * part)) / SAMPLE_RATE;
      const air = roar[index]! * (0.55 + 0.9 * tearing[index]! ** 2);
      const whine = rocket
        ? 0
        : fan.bandPass(roar[index]! * 0.8 + Math.sin(phase) * 0.3) * 0.35 * (0.3 + near);
      roar[index] =
        (body.lowPass(air) + deep[index]! * (rocket ? 0.55 : 0.25) + whine) * (0.35 + 0.65 * near);
    }
    return roar;
  },
});
