import { driftCurve } from '../dsp/drift.ts';
import { StateVariableFilter } from '../dsp/filter.ts';
import { Sawtooth } from '../dsp/sawtooth.ts';
import { SAMPLE_RATE } from '../samples.ts';
import { source } from './parts/source.ts';

/** Turns of the motor per second, teeth of the gear, and blows per second. */
const tools = {
  drill: { turns: 62, teeth: 11, blows: 0 },
  hammer: { turns: 48, teeth: 9, blows: 38 },
  jackhammer: { turns: 22, teeth: 5, blows: 21 },
  dentist: { turns: 460, teeth: 3, blows: 0 },
} as const;

/** A power drill: a motor that sinks under load, the scream of its gears, the blows of a hammer drill. */
export const drill = source({
  name: 'drill',
  summary: 'A drill, a hammer drill, a jackhammer, a dentist’s drill.',
  variants: ['drill', 'hammer', 'jackhammer', 'dentist'],
  loudness: -20,
  words: {
    strong: 'drill jackhammer power-tool electric-drill dentist-drill tattoo-machine screwdriver',
    weak: 'dentist power construction tool grind',
    variants: {
      jackhammer: 'jackhammer construction concrete street',
      hammer: 'wall hammer',
      dentist: 'dentist tattoo',
    },
  },
  draw(length, { variant }, random) {
    const tool = tools[variant as keyof typeof tools] ?? tools.drill;
    const samples = new Float32Array(length);
    const gears = new Sawtooth(random());
    const motor = new Sawtooth(random());
    const housing = new StateVariableFilter(1900, 1.4);
    const bite = new StateVariableFilter(3400, 0.8);
    const blow = new StateVariableFilter(240, 1.5);
    const hand = driftCurve(length, 1.1, random, 2);
    let speed = 0;
    let phase = 0;
    for (let index = 0; index < length; index++) {
      const time = index / SAMPLE_RATE;
      // The trigger is let go for a moment every four seconds.
      const pressed = time % 4 < 3.4;
      speed += ((pressed ? 1 : 0.05) - speed) * (pressed ? 0.00012 : 0.00006);
      const work = pressed ? 0.35 + 0.65 * hand[index]! : 0.1;
      const turns = tool.turns * speed * (1.12 - 0.22 * work);
      phase = (phase + (tool.blows * speed) / SAMPLE_RATE) % 1;
      const struck = tool.blows > 0 ? Math.exp(-phase * 14) * work : 0;
      const whine = gears.next(turns * tool.teeth) * 0.35 + motor.next(turns * 2) * 0.25;
      const grit = bite.bandPass((random() - 0.5) * (work * 0.35 + struck * 1.6));
      samples[index] =
        (housing.bandPass(whine) +
          whine * 0.2 +
          grit +
          blow.bandPass(struck * (0.6 + 0.4 * random())) * 2.4) *
        Math.min(1, speed * 1.5);
    }
    return samples;
  },
});
