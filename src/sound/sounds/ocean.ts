import { between, type Random } from '../../random.ts';
import { lowPass } from '../dsp/filter.ts';
import { brownNoise } from '../dsp/noise.ts';
import { SAMPLE_RATE, type StereoSamples } from '../samples.ts';
import { renderTexture } from '../textures/render-texture.ts';
import { wavesRecording } from '../textures/waves-recording.ts';
import { addBubble } from './parts/bubble.ts';
import { betweenOctaves, poissonGap } from './parts/chance.ts';
import type { SoundEvent, TextureSound } from './sound.ts';

/** Surf: the times of the waves lead the statistics of a recording; the rumble of large ones and the fizz of the foam are added. */
export const ocean: TextureSound = {
  kind: 'texture',
  name: 'ocean',
  summary: 'Waves that break on a beach.',
  variants: ['surf'],
  loudness: -22,
  words: {
    strong:
      'ocean sea surf seaside shore shoreline seashore beach coast coastline tide wave-crash wave-break wave-roll wave-lap ' +
      'crash-wave break-wave roll-wave lap-wave gentle-wave big-wave wave-splash-against ocean-wave sea-wave',
    weak: 'wave swell lagoon bay',
  },
  follows: 'break',
  render(length, { intensity, pace }, random, events = []) {
    const size = 0.3 + 0.9 * intensity;
    const waves =
      events.length > 0
        ? wavesOf(length, events, size, random)
        : planWaves(length, 4.4 - 2.2 * pace, size, random);
    const samples = renderTexture(wavesRecording, length, random, waves.body);
    addRumble(samples, waves.rumble, intensity, random);
    lean(samples, waves.side);
    addFoam(samples, waves.foam, random);
    return samples;
  },
};

/** What all waves together do at every sample. */
interface Waves {
  body: Float32Array;
  foam: Float32Array;
  rumble: Float32Array;
  /** Positive: more on the right. */
  side: Float32Array;
}

function stillWater(length: number): Waves {
  return {
    body: new Float32Array(length),
    foam: new Float32Array(length),
    rumble: new Float32Array(length),
    side: new Float32Array(length),
  };
}

/** The waves that the picture shows. */
function wavesOf(length: number, events: readonly SoundEvent[], size: number, random: Random): Waves {
  const waves = stillWater(length);
  for (const { time, strength, pan } of events) addWave(waves, time, strength * size, 0.6 * pan, random);
  return waves;
}

function planWaves(length: number, period: number, size: number, random: Random): Waves {
  const waves = stillWater(length);
  const seconds = length / SAMPLE_RATE;
  // The first wave broke before the clip: the beach does not wait for it.
  for (let time = -period * between(random, 0.2, 0.9); time < seconds + 2; ) {
    const strength = 0.2 + 0.8 * random() ** 1.4;
    addWave(waves, time, strength * size, between(random, -0.6, 0.6), random);
    time += (random() < 0.3 ? 0.45 : 1) * period * between(random, 0.7, 1.3);
  }
  return waves;
}

function addWave(waves: Waves, breaks: number, size: number, side: number, random: Random): void {
  const swell = between(random, 1.4, 2.6);
  const crash = between(random, 0.6, 1.2);
  const runOut = between(random, 2.2, 4.2);
  const from = Math.max(0, Math.floor((breaks - swell) * SAMPLE_RATE));
  const to = Math.min(waves.body.length, Math.floor((breaks + crash + runOut * 1.8) * SAMPLE_RATE));
  for (let index = from; index < to; index++) {
    const time = index / SAMPLE_RATE - breaks;
    let body: number;
    let foam = 0;
    let rumble: number;
    if (time < 0) {
      const part = 1 + time / swell;
      body = 0.3 * part ** 3;
      rumble = 0.8 * part * part;
    } else if (time < crash) {
      const part = time / crash;
      const onset = Math.min(1, time / 0.35);
      const attack = onset * onset * (3 - 2 * onset);
      body = 0.3 + 0.7 * attack * (1 - 0.2 * part);
      foam = 0.9 * part;
      rumble = 0.8 + 0.2 * attack - 0.4 * part;
    } else {
      const since = time - crash;
      body = 0.88 * Math.exp(-since / (runOut * 0.26));
      foam = 0.9 * Math.exp(-since / (runOut * 0.4));
      rumble = 0.6 * Math.exp(-since / 0.7);
    }
    waves.body[index]! += body * size;
    waves.foam[index]! += foam * size;
    waves.rumble[index]! += rumble * size;
    waves.side[index]! += side * body;
  }
}

/** What only a large wave has. */
function addRumble(samples: StereoSamples, rumble: Float32Array, intensity: number, random: Random): void {
  const deep = lowPass(brownNoise(rumble.length, random), 140);
  for (const channel of [samples.left, samples.right]) {
    for (let index = 0; index < channel.length; index++)
      channel[index]! += deep[index]! * 0.12 * intensity * rumble[index]!;
  }
}

/** A wave is heard where it breaks. */
function lean({ left, right }: StereoSamples, side: Float32Array): void {
  for (let index = 0; index < left.length; index++) {
    const part = Math.max(-0.5, Math.min(0.5, side[index]!)) * 0.7;
    left[index]! *= 1 - part;
    right[index]! *= 1 + part;
  }
}

/** Bubbles that burst where the foam is. */
function addFoam(samples: StereoSamples, foam: Float32Array, random: Random): void {
  for (let time = 0; ; ) {
    time += poissonGap(random, 320);
    const at = Math.floor(time * SAMPLE_RATE);
    if (at >= foam.length) return;
    const level = foam[at]!;
    if (random() > level) continue;
    const frequency = betweenOctaves(random, 900, 6500);
    addBubble(
      samples,
      at,
      frequency,
      0.05 * level * random() ** 2.2,
      between(random, 0, 0.15),
      between(random, -0.9, 0.9),
    );
  }
}
