import { between, type Random } from '../../random.ts';
import { StateVariableFilter } from '../dsp/filter.ts';
import { pinkNoise } from '../dsp/noise.ts';
import { addPanned, addStereo } from '../dsp/pan.ts';
import { reverberate } from '../dsp/reverb.ts';
import { createStereo, SAMPLE_RATE, type StereoSamples } from '../samples.ts';
import type { TextureSound } from './sound.ts';

/** One note of a syrinx: nearly a sine, its pitch gliding along a bow, with or without a trill. */
interface Note {
  seconds: number;
  /** Seconds of rest after it. */
  rest: number;
  /** Pitch in Hz at the start, the middle and the end. */
  pitch: [number, number, number];
  trillRate: number;
  trillDepth: number;
  gain: number;
}

/** A singer keeps to its own few motifs, as a species does. */
interface Singer {
  motifs: Note[][];
  pan: number;
  distance: number;
  /** Seconds between two phrases. */
  pause: number;
}

/** Birdsong: several singers, each with its own motifs, near and far in a wood. */
export const birds: TextureSound = {
  kind: 'texture',
  name: 'birds',
  summary: 'Songbirds in the trees.',
  variants: ['wood'],
  loudness: -26,
  words: {
    strong:
      'bird birdsong songbird chirp tweet sparrow robin lark nightingale warbler finch blackbird birdcall ' +
      'canary wren chickadee thrush bird-sing baltimore-oriole magpie mynah woodpecker barn-swallow bird-cry ' +
      'francolin bird-vocalize bird-squawk squawk',
    weak: 'peep dawn-chorus cuckoo parakeet parrot swallow peacock oriole hummingbird penguin',
  },
  render(length, { density }, random) {
    const near = createStereo(length);
    const far = createStereo(length);
    const singers = 4 + Math.round(6 * density);
    for (let count = 0; count < singers; count++) {
      const distance = count === 0 ? 0.15 : between(random, 0.2, 1);
      sing(near, far, createSinger(count / singers, distance, density, random), random);
    }
    addStereo(near, reverberate(far, { decay: 1.1, damping: 7000, delay: 0.02 }), 0, 0.3);
    for (const channel of [near.left, near.right]) {
      const air = pinkNoise(length, random);
      const low = new StateVariableFilter(1400);
      for (let index = 0; index < length; index++) {
        channel[index]! += low.lowPass(air[index]!) * 0.011 + air[index]! * 0.002;
      }
    }
    return near;
  },
};

function createSinger(register: number, distance: number, density: number, random: Random): Singer {
  // Species of one wood divide the frequencies among themselves.
  const pitch = 1800 * 3.4 ** ((register * 0.62 + 0.45 * random()) % 1);
  const kind = Math.floor(random() * 4);
  const motifs = Array.from({ length: 2 + Math.floor(random() * 2) }, () => createMotif(pitch, kind, random));
  return {
    motifs,
    pan: between(random, -0.9, 0.9),
    distance,
    pause: between(random, 0.9, 2.8) / (0.5 + density),
  };
}

/** Kinds: a repeated chirp, a fast trill, a flute-like phrase of different notes, a falling whistle. */
function createMotif(pitch: number, kind: number, random: Random): Note[] {
  const bow = (height: number, spread: number): [number, number, number] => {
    const side = random() < 0.5 ? -1 : 1;
    return [
      height * (1 - side * spread),
      height * (1 + between(random, -0.5, 0.5) * spread),
      height * (1 + side * spread),
    ];
  };
  if (kind === 0 || kind === 1) {
    const fast = kind === 1;
    const note: Note = {
      seconds: fast ? between(random, 0.03, 0.05) : between(random, 0.07, 0.12),
      rest: fast ? between(random, 0.012, 0.025) : between(random, 0.05, 0.1),
      pitch: bow(pitch * between(random, 0.95, 1.05), between(random, 0.06, 0.2)),
      trillRate: 0,
      trillDepth: 0,
      gain: 1,
    };
    const second: Note = { ...note, pitch: bow(pitch * between(random, 0.8, 0.95), 0.1), gain: 0.8 };
    const pair = random() < 0.5;
    const repeats = fast ? 8 + Math.floor(random() * 14) : 3 + Math.floor(random() * 6);
    return Array.from({ length: repeats }, (_, index) => (pair && index % 2 === 1 ? second : note));
  }
  const notes = kind === 2 ? 3 + Math.floor(random() * 5) : 1 + Math.floor(random() * 2);
  return Array.from({ length: notes }, () => {
    const height = pitch * (kind === 2 ? between(random, 0.72, 1.25) : between(random, 0.95, 1.05));
    const trills = kind === 2 && random() < 0.4;
    return {
      seconds: kind === 2 ? between(random, 0.06, 0.24) : between(random, 0.25, 0.5),
      rest: kind === 2 ? between(random, 0.01, 0.1) : between(random, 0.08, 0.2),
      pitch:
        kind === 2 ? bow(height, between(random, 0.02, 0.14)) : [height * 1.12, height * 1.02, height * 0.88],
      trillRate: trills ? between(random, 22, 45) : 0,
      trillDepth: trills ? between(random, 0.02, 0.06) : 0,
      gain: between(random, 0.6, 1),
    };
  });
}

function sing(near: StereoSamples, far: StereoSamples, singer: Singer, random: Random): void {
  const seconds = near.left.length / SAMPLE_RATE;
  for (let time = between(random, -1, 1.4); time < seconds; ) {
    const motif = singer.motifs[Math.floor(random() * singer.motifs.length)]!;
    for (const [place, note] of motif.entries()) {
      const samples = renderNote(note, 0.5 + 0.5 * Math.min(1, (place + 1) / 3));
      const at = Math.floor(time * SAMPLE_RATE);
      addPanned(near, samples, at, 0.3 * (1.05 - singer.distance) ** 1.5, singer.pan);
      addPanned(far, samples, at, 0.14, singer.pan);
      time += note.seconds + note.rest * between(random, 0.95, 1.05);
    }
    time += singer.pause * between(random, 0.6, 1.6);
  }
}

function renderNote(note: Note, gain: number): Float32Array {
  const length = Math.floor(note.seconds * SAMPLE_RATE);
  const samples = new Float32Array(length);
  const [start, middle, end] = note.pitch;
  let phase = 0;
  for (let index = 0; index < length; index++) {
    const part = index / length;
    const rest = 1 - part;
    const trill = 1 + note.trillDepth * Math.sin((2 * Math.PI * note.trillRate * index) / SAMPLE_RATE);
    const pitch = (start * rest * rest + 2 * middle * rest * part + end * part * part) * trill;
    phase += (2 * Math.PI * pitch) / SAMPLE_RATE;
    const sine = Math.sin(phase);
    // sin 2φ and sin 3φ from the sine alone: a syrinx has weak harmonics.
    const harmonics = 0.14 * sine * Math.cos(phase) + 0.03 * (3 * sine - 4 * sine * sine * sine);
    samples[index] = (sine + harmonics) * Math.sin(Math.PI * part) ** 0.8 * note.gain * gain;
  }
  return samples;
}
