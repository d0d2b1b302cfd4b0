import type { Random } from '../../random.ts';
import { addPanned, addStereo } from '../dsp/pan.ts';
import { reverberate } from '../dsp/reverb.ts';
import { createStereo, SAMPLE_RATE, type StereoSamples } from '../samples.ts';
import { playBass } from './instruments/bass.ts';
import { playDistorted } from './instruments/distorted.ts';
import {
  playCrash,
  playDrum,
  playHat,
  playKick,
  playRiser,
  playShaker,
  playSnare,
} from './instruments/drums.ts';
import { playBell, playGuitar, playPiano, playPluck } from './instruments/plucked.ts';
import { playSquare } from './instruments/square.ts';
import { playPad, playStrings } from './instruments/sustained.ts';
import { compose, type Instrument, type Note, type Score } from './score.ts';
import type { MusicParameters } from './styles.ts';

/** Level of each instrument in the mix. */
const levels: Record<Instrument, number> = {
  pad: 0.14,
  strings: 0.13,
  piano: 0.36,
  guitar: 0.5,
  pluck: 0.26,
  bell: 0.22,
  square: 0.3,
  distorted: 0.4,
  bass: 0.3,
  kick: 0.62,
  snare: 0.42,
  hat: 0.22,
  shaker: 0.22,
  drum: 0.62,
  crash: 0.2,
  riser: 0.25,
};

/** Instruments that would blur in a room. */
const dry = new Set<Instrument>(['bass', 'kick', 'hat', 'shaker', 'riser']);

/** Music of the given length in samples, with accents at `hits` (seconds); its level is the mixer's business. */
export function renderMusic(
  length: number,
  parameters: MusicParameters,
  random: Random,
  hits: readonly number[] = [],
): StereoSamples {
  return perform(compose(length / SAMPLE_RATE, parameters, random, hits), length, random);
}

function perform({ tempo, style, notes }: Score, length: number, random: Random): StereoSamples {
  const beatSeconds = 60 / tempo.beatsPerMinute;
  const drums = createStereo(length);
  const deep = createStereo(length);
  const roomy = createStereo(length);
  const strokes = new Map<string, Float32Array>();
  for (const note of notes) {
    const at = Math.round(note.beat * beatSeconds * SAMPLE_RATE);
    const gain = levels[note.instrument] * note.velocity;
    const seconds = note.length * beatSeconds;
    if (note.instrument === 'pad' || note.instrument === 'strings') {
      const play = note.instrument === 'pad' ? playPad : playStrings;
      addStereo(roomy, play(note.pitch, seconds, random), at, gain);
      continue;
    }
    const key = `${note.instrument} ${note.pitch} ${note.length} ${note.velocity.toFixed(1)}`;
    // A stroke that returns is not computed again.
    let stroke = strokes.get(key);
    if (stroke === undefined) {
      stroke = playStroke(note, seconds, style.bass === 'offbeat' ? 1 : 0.15, random);
      strokes.set(key, stroke);
    }
    const bus = note.instrument === 'bass' ? deep : dry.has(note.instrument) ? drums : roomy;
    addPanned(bus, stroke, at, gain, note.pan);
    if (note.instrument === 'pluck') addEchoes(roomy, stroke, at, gain, beatSeconds, note.pan);
  }
  if (style.drums === 'club') duckUnderKick(deep, roomy, notes, beatSeconds);
  const [decay, wet] = style.room;
  addStereo(drums, deep, 0, 1);
  addStereo(drums, roomy, 0, 1);
  addStereo(drums, reverberate(roomy, { decay, damping: 5500, delay: 0.015 }), 0, wet);
  return drums;
}

function playStroke(note: Note, seconds: number, edge: number, random: Random): Float32Array {
  switch (note.instrument) {
    case 'bass':
      return playBass(note.pitch, seconds, edge, random);
    case 'piano':
      return playPiano(note.pitch, note.velocity, random);
    case 'guitar':
      return playGuitar(note.pitch, note.velocity, random);
    case 'square':
      return playSquare(note.pitch, seconds);
    case 'distorted':
      return playDistorted(note.pitch, seconds, note.velocity, random);
    case 'bell':
      return playBell(note.pitch);
    case 'kick':
      return playKick(random);
    case 'snare':
      return playSnare(random);
    case 'hat':
      return playHat(random);
    case 'shaker':
      return playShaker(random);
    case 'drum':
      return playDrum(random);
    case 'crash':
      return playCrash(random);
    case 'riser':
      return playRiser(seconds, random);
    default:
      return playPluck(note.pitch, random);
  }
}

/** Three echoes a dotted eighth apart, from side to side. */
function addEchoes(
  target: StereoSamples,
  stroke: Float32Array,
  at: number,
  gain: number,
  beatSeconds: number,
  pan: number,
): void {
  for (let echo = 1; echo <= 3; echo++) {
    const place = at + Math.round(0.75 * echo * beatSeconds * SAMPLE_RATE);
    addPanned(target, stroke, place, gain * 0.42 ** echo, echo % 2 === 1 ? -pan * 2 : pan * 2);
  }
}

/** The breath of dance music: what holds steps back at every kick and returns. */
function duckUnderKick(
  deep: StereoSamples,
  roomy: StereoSamples,
  notes: readonly Note[],
  beatSeconds: number,
): void {
  const length = deep.left.length;
  const gain = new Float32Array(length).fill(1);
  const count = Math.round(0.28 * SAMPLE_RATE);
  for (const note of notes) {
    if (note.instrument !== 'kick') continue;
    const at = Math.round(note.beat * beatSeconds * SAMPLE_RATE);
    for (let index = 0; index < count && at + index < length; index++) {
      gain[at + index] = Math.min(gain[at + index]!, 0.3 + 0.7 * (index / count) ** 1.4);
    }
  }
  for (const { left, right } of [deep, roomy]) {
    for (let index = 0; index < length; index++) {
      left[index]! *= gain[index]!;
      right[index]! *= gain[index]!;
    }
  }
}
