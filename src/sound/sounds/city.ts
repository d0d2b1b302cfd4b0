import { between, type Random } from '../../random.ts';
import { lowPass, StateVariableFilter } from '../dsp/filter.ts';
import { pinkNoise } from '../dsp/noise.ts';
import { addPanned, panGains } from '../dsp/pan.ts';
import { Sawtooth } from '../dsp/sawtooth.ts';
import { SAMPLE_RATE, type StereoSamples } from '../samples.ts';
import { cityRecording } from '../textures/city-recording.ts';
import { renderTexture } from '../textures/render-texture.ts';
import type { TextureSound } from './sound.ts';

/** Birds sang where the city was recorded; as noise they would hiss, in Hz. */
const HIGHEST = 4500;

/** Level of all streets against the cars in this one. */
const STREETS = 0.6;

/** A city: all its streets by the statistics of a recording, and cars that pass. */
export const city: TextureSound = {
  kind: 'texture',
  name: 'city',
  summary: 'The murmur of a city or the traffic of a street.',
  variants: ['murmur', 'traffic'],
  loudness: -24,
  words: {
    strong:
      'city traffic urban downtown highway freeway cityscape motorway intersection rush-hour skyscraper ' +
      'times-square busy-street city-street street-noise vehicles-pass hum-of-traffic traffic-hum ' +
      'hum-of-pass-traffic hum-of-passing-traffic',
    weak: 'street road avenue alley bridge',
    variants: {
      traffic: 'traffic car highway freeway motorway vehicle truck bus taxi street road rush-hour',
    },
  },
  render(length, { density, pace, variant }, random) {
    const samples = renderTexture(cityRecording, length, random);
    for (const channel of [samples.left, samples.right]) {
      lowPass(lowPass(channel, HIGHEST), HIGHEST);
      for (let index = 0; index < length; index++) channel[index]! *= STREETS;
    }
    const traffic = variant === 'traffic';
    const seconds = length / SAMPLE_RATE;
    const gap = (traffic ? 2.4 : 5) * (1.6 - 1.2 * density);
    for (let time = between(random, -1, 1.5); time < seconds + 1; time += gap * between(random, 0.4, 1.6)) {
      addCar(samples, time, traffic ? between(random, 0.5, 1) : between(random, 0.15, 0.4), pace, random);
    }
    return samples;
  },
};

/** A car that passes at `time`: tyres that roar, an engine whose pitch falls by Doppler's law as it goes by. */
function addCar(samples: StereoSamples, time: number, level: number, pace: number, random: Random): void {
  const length = samples.left.length;
  const speed = between(random, 8, 14) + 12 * pace;
  const gap = between(random, 4, 12);
  const side = random() < 0.5 ? -1 : 1;
  const span = (60 / speed) * 1.2;
  const from = Math.max(0, Math.floor((time - span) * SAMPLE_RATE));
  const to = Math.min(length, Math.floor((time + span) * SAMPLE_RATE));
  if (to <= from) return;
  const tyres = pinkNoise(to - from, random);
  const engine = new Float32Array(to - from);
  const band = new StateVariableFilter(900, 0.6);
  const body = new StateVariableFilter(220, 0.8);
  const pistons = new Sawtooth(random());
  const idle = between(random, 38, 75) * (1 + 0.5 * pace);
  let leftGain = 0;
  let rightGain = 0;
  let near = 0;
  let doppler = 1;
  for (let index = from; index < to; index++) {
    if ((index & 63) === 0 || index === from) {
      const along = speed * (index / SAMPLE_RATE - time);
      const away = Math.hypot(along, gap);
      // Twice the distance, half the amplitude; the window keeps the ends silent.
      const window = Math.cos((Math.PI / 2) * Math.min(1, Math.abs(along) / 72));
      near = (gap / away) * window * level;
      doppler = 1 / (1 + ((speed / 343) * along) / away);
      [leftGain, rightGain] = panGains((side * along) / away);
      band.tune(500 + 900 * (gap / away), 0.55);
      body.tune(260 * doppler, 0.8);
    }
    const roar = band.bandPass(tyres[index - from]!) * near * 0.24;
    engine[index - from] = body.lowPass(pistons.next(idle * doppler) * near * 0.09);
    samples.left[index]! += roar * leftGain;
    samples.right[index]! += roar * rightGain;
  }
  addPanned(samples, engine, from, 1, 0);
}
