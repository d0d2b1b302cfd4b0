import { describe, expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { integratedLoudness } from '../dsp/loudness.ts';
import { noteFrequency } from './instruments/pitch.ts';
import { playGuitar, playPiano } from './instruments/plucked.ts';
import { renderMusic } from './perform.ts';
import { compose } from './score.ts';
import type { MusicGenre, MusicMood, MusicParameters } from './styles.ts';
import { modes, styles } from './styles.ts';

const genres = Object.keys(styles) as MusicGenre[];
const moods: MusicMood[] = ['neutral', 'happy', 'sad', 'epic', 'tense', 'calm'];
const styled = (genre: MusicGenre, mood: MusicMood): MusicParameters => ({
  genre,
  mood,
  pace: 0.5,
  drums: true,
});

describe('a score', () => {
  test('stays in its key, begins on the first beat and ends on the tonic', () => {
    for (const genre of genres) {
      for (const mood of moods) {
        const { notes, tempo } = compose(10, styled(genre, mood), createRandom(7));
        const pitched = notes.filter((note) => note.pitch > 0);
        const tonic =
          pitched.filter((note) => note.beat === tempo.beats && note.instrument === 'bass')[0]!.pitch % 12;
        const allowed = new Set(modes[mood].scale.map((step) => (tonic + step) % 12));
        const strange = pitched.filter((note) => !allowed.has(((note.pitch % 12) + 12) % 12));
        // The octave and the fifth of the bass may leave the scale on its seventh step.
        expect(strange.filter((note) => note.instrument !== 'bass')).toEqual([]);
        expect(notes.some((note) => note.beat === 0)).toBe(true);
        expect(Math.max(...notes.map((note) => note.beat))).toBe(tempo.beats);
      }
    }
  });

  test('has drums where the genre has them, and none when they are refused', () => {
    const count = (drums: boolean) =>
      compose(10, { ...styled('electronic', 'happy'), drums }, createRandom(1)).notes.filter(
        (note) => note.instrument === 'kick',
      ).length;
    expect(count(true)).toBeGreaterThan(10);
    expect(count(false)).toBe(0);
  });

  test('is another for another seed', () => {
    const write = (seed: number) =>
      JSON.stringify(compose(10, styled('ambient', 'calm'), createRandom(seed)).notes);
    expect(write(1)).toBe(write(1));
    expect(write(1)).not.toBe(write(2));
  });
});

describe('cuts of the picture', () => {
  const cuts = [1.7, 3.1, 6.4];

  test('every genre accents them on time, and its beats come nearer to them than without', () => {
    let [near, far] = [0, 0];
    for (const genre of genres) {
      const { notes, tempo } = compose(10, styled(genre, 'neutral'), createRandom(7), cuts);
      const usual = compose(10, styled(genre, 'neutral'), createRandom(7)).tempo;
      for (const cut of cuts) {
        const beat = (cut * tempo.beatsPerMinute) / 60;
        expect(notes.filter((note) => Math.abs(note.beat - beat) < 1e-9).length).toBeGreaterThan(2);
        const before = (cut * usual.beatsPerMinute) / 60;
        near += Math.abs(beat - Math.round(beat)) / (genres.length * cuts.length);
        far += Math.abs(before - Math.round(before)) / (genres.length * cuts.length);
      }
    }
    console.log(
      `from a cut to the nearest beat: ${near.toFixed(2)} beats, ${far.toFixed(2)} without looking`,
    );
    expect(near).toBeLessThan(0.75 * far);
  });

  test('they are heard: what is played at a cut starts there, and not at other times', () => {
    const rise = (time: number, samples: Float32Array) => {
      const power = (from: number) =>
        samples.subarray(from, from + 2400).reduce((sum, sample) => sum + sample * sample, 1e-6);
      const at = Math.round(time * 48_000);
      return 10 * Math.log10(power(at) / power(at - 2400));
    };
    const { left } = renderMusic(480_000, styled('ambient', 'calm'), createRandom(7), cuts);
    const plain = renderMusic(480_000, styled('ambient', 'calm'), createRandom(7)).left;
    const [heard, unheard] = [left, plain].map((music) => cuts.map((cut) => rise(cut, music)));
    console.log(
      `rise at the cuts: ${heard!.map((dB) => dB.toFixed(1))} dB, without ${unheard!.map((dB) => dB.toFixed(1))}`,
    );
    expect(Math.min(...heard!)).toBeGreaterThan(3);
    expect(Math.max(...unheard!)).toBeLessThan(3);
  });
});

/** Frequency in Hz by autocorrelation over four periods, near an expected one. */
function measureFrequency(samples: Float32Array, expected: number): number {
  const steady = samples.subarray(9600, 28_800);
  let best = Number.NEGATIVE_INFINITY;
  let bestLag = 1;
  for (let lag = Math.floor((48_000 / expected) * 3.8); lag < (48_000 / expected) * 4.2; lag++) {
    let sum = 0;
    for (let index = 0; index < 15_000; index++) sum += steady[index]! * steady[index + lag]!;
    if (sum > best) {
      best = sum;
      bestLag = lag;
    }
  }
  return (4 * 48_000) / bestLag;
}

test('strings are in tune within 10 cents', () => {
  for (const pitch of [45, 57, 64]) {
    for (const play of [playGuitar, playPiano]) {
      const frequency = measureFrequency(play(pitch, 0.7, createRandom(2)), noteFrequency(pitch));
      expect(Math.abs(1200 * Math.log2(frequency / noteFrequency(pitch)))).toBeLessThan(10);
    }
  }
});

test('every genre sounds from beginning to end', () => {
  for (const genre of genres) {
    const started = performance.now();
    const music = renderMusic(3 * 48_000, styled(genre, 'neutral'), createRandom(3));
    const milliseconds = (performance.now() - started) / 3;
    console.log(
      `${genre}: ${integratedLoudness(music).toFixed(1)} LUFS, ${milliseconds.toFixed(0)} ms CPU per second`,
    );
    for (let second = 0; second < 2.5; second++) {
      const part = {
        left: music.left.slice(second * 48_000, (second + 1) * 48_000),
        right: music.right.slice(second * 48_000, (second + 1) * 48_000),
      };
      expect(integratedLoudness(part)).toBeGreaterThan(-50);
    }
  }
});
