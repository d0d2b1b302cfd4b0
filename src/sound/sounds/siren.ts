import { StateVariableFilter } from '../dsp/filter.ts';
import { Sawtooth } from '../dsp/sawtooth.ts';
import { SAMPLE_RATE } from '../samples.ts';
import { source } from './parts/source.ts';

/** Pitch in Hz at a time in seconds. */
const pitches: Record<string, (time: number) => number> = {
  // A wail: up in a second and a half, down in three.
  wail: (time) => {
    const part = (time / 4.4) % 1;
    return part < 0.35
      ? 650 + 900 * Math.sin((part / 0.35) * (Math.PI / 2))
      : 650 + 900 * (1 - (part - 0.35) / 0.65) ** 1.2;
  },
  yelp: (time) => 700 + 900 * (1 - Math.abs(((time * 3.3) % 1) * 2 - 1)),
  // Two tones a fourth apart, as European ambulances have.
  hilo: (time) => (Math.floor(time / 0.65) % 2 === 0 ? 450 : 600),
  alarm: (time) => ((time * 2) % 1 < 0.55 ? 3100 : 0),
  civil: (time) => 180 + 280 * Math.min(1, time / 4) * (0.85 + 0.15 * Math.sin(time * 0.8)),
};

/** A siren or an alarm. */
export const siren = source({
  name: 'siren',
  summary: 'The siren of police or ambulance, an alarm, an air-raid siren.',
  variants: ['wail', 'yelp', 'hilo', 'alarm', 'civil'],
  loudness: -21,
  words: {
    strong:
      'siren alarm smoke-detector fire-alarm car-alarm air-raid smoke-alarm police-car ambulance siren-ring ' +
      'alarm-ring siren-trigger',
    weak: 'police emergency fire-engine fire-truck buzzer smoke-detect',
    variants: {
      wail: 'police siren emergency fire-engine fire-truck',
      yelp: 'yelp chase',
      hilo: 'ambulance',
      alarm: 'alarm smoke detector buzzer',
      civil: 'air-raid raid civil defense tornado',
    },
  },
  draw(length, { variant }, random) {
    const samples = new Float32Array(length);
    const pitch = pitches[variant] ?? pitches.wail!;
    const rise = new Sawtooth(0);
    const fall = new Sawtooth(0.5);
    const horn = new StateVariableFilter(1500, 1.1);
    const start = random() * 2;
    let smooth = pitch(start);
    for (let index = 0; index < length; index++) {
      const hertz = pitch(start + index / SAMPLE_RATE);
      const sounds = hertz > 0;
      smooth += ((sounds ? hertz : smooth) - smooth) * 0.003;
      // Two sawtooths half a period apart are a square wave.
      const square = (rise.next(smooth) - fall.next(smooth)) * 0.4;
      samples[index] = horn.bandPass(sounds ? square : 0);
    }
    return samples;
  },
});
