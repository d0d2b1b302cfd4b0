// Is what the engine calls the sea nearer to a recording of the sea than to ten others? (Wind, rain and stream cannot be
// told from noise by a spectrum: read their ranks with that in mind.)
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeAudio } from '../../dist/media/decode-audio.js';
import { createRandom } from '../../dist/random.js';
import { StateVariableFilter } from '../../dist/sound/dsp/filter.js';
import { pinkNoise, whiteNoise } from '../../dist/sound/dsp/noise.js';
import { findSound } from '../../dist/sound/sounds/index.js';

const RATE = 48_000;
const HOP = 480;
const BANDS = 24;
const SECONDS = 10;

/** Each recording and the sounds that answer to it. */
const classes = [
  ['waves', [['ocean', 'surf']]],
  ['rain', [['rain', 'ground']]],
  ['wind', [['wind', 'open']]],
  ['fireplace', [['fire', 'wood']]],
  ['birds', [['birds', 'wood']]],
  ['coffee-shop', [['crowd', 'indoors']]],
  ['city', [['city', 'traffic']]],
  ['train', [['train', 'rails']]],
  ['boat', [['boat', 'sail']]],
  ['summer-night', [['insects', 'night']]],
  ['storm', [['storm', 'gusts']]],
];

/** Spectrum in 24 bands from 50 Hz to 14 kHz, how each band's level varies, and how it changes from frame to frame. */
function describe(samples) {
  const hops = Math.floor(samples.length / HOP);
  const levels = Array.from({ length: BANDS }, (_, band) => {
    const filter = new StateVariableFilter(50 * (14_000 / 50) ** (band / (BANDS - 1)), 3);
    const level = new Float64Array(hops);
    for (let index = 0; index < hops * HOP; index++)
      level[(index / HOP) | 0] += filter.bandPass(samples[index]) ** 2 / HOP;
    return level.map((power) => 10 * Math.log10(power + 1e-12));
  });
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const spectrum = levels.map(mean);
  const centre = mean(spectrum);
  const spread = levels.map((level, band) =>
    Math.sqrt(mean(level.map((value) => (value - spectrum[band]) ** 2))),
  );
  const slow = levels.map((level) => {
    const seconds = Array.from({ length: Math.floor(hops / 50) }, (_, part) =>
      mean(level.slice(part * 50, part * 50 + 50)),
    );
    return Math.sqrt(mean(seconds.map((value) => (value - mean(seconds)) ** 2)));
  });
  const flux = levels.map((level) => mean(level.slice(1).map((value, hop) => Math.abs(value - level[hop]))));
  // Each in units in which recordings differ about equally.
  return [
    ...spectrum.map((value) => (value - centre) / 8),
    ...spread.map((value) => value / 2),
    ...slow.map((value) => value / 2),
    ...flux.map((value) => value / 0.8),
  ];
}

const distance = (first, second) =>
  Math.sqrt(first.reduce((sum, value, place) => sum + (value - second[place]) ** 2, 0));

function toMono({ left, right }) {
  return left.map((sample, index) => (sample + right[index]) / 2);
}

/** For every class: the rank of its own recording for the engine's sound, and for the recording's own second part. */
export async function matchClasses(folder) {
  const known = [];
  for (const [name, layers] of classes) {
    const path = join(folder, `${name}.ogg`);
    if (!existsSync(path)) continue;
    const recording = toMono(await decodeAudio(readFileSync(path), 90 * RATE));
    const split = Math.floor(recording.length * 0.6);
    const windows = [];
    for (let from = 0; from + SECONDS * RATE <= split; from += SECONDS * RATE)
      windows.push(describe(recording.subarray(from, from + SECONDS * RATE)));
    if (windows.length === 0) windows.push(describe(recording.subarray(0, split)));
    known.push({ name, layers, windows, rest: recording.subarray(split, split + SECONDS * RATE) });
  }
  const rank = (print, own) => {
    const nearest = ({ windows }) => Math.min(...windows.map((window) => distance(print, window)));
    const order = known
      .map((entry) => ({ name: entry.name, away: nearest(entry) }))
      .sort((first, second) => first.away - second.away);
    return own === undefined ? order[0].name : order.findIndex(({ name }) => name === own) + 1;
  };
  const rows = known.map(({ name, layers, rest }) => {
    const made = new Float32Array(SECONDS * RATE);
    for (const [generator, variant] of layers) {
      const sound = findSound(generator);
      const parameters = { intensity: 0.5, density: 0.5, pace: 0.5, variant };
      const random = createRandom(3);
      const stereo =
        sound.kind === 'texture'
          ? sound.render(made.length, parameters, random)
          : sound.render(made.length, parameters, sound.schedule(SECONDS, parameters, random), random);
      const mono = toMono(stereo);
      const level = Math.sqrt(mono.reduce((sum, sample) => sum + sample * sample, 0) / mono.length);
      for (let index = 0; index < made.length; index++) made[index] += mono[index] / level;
    }
    return {
      class: name,
      'engine, rank': rank(describe(made), name),
      'engine is nearest to': rank(describe(made)),
      'recording’s own rest, rank': rank(describe(rest), name),
    };
  });
  const length = SECONDS * RATE;
  for (const [name, noise] of [
    ['white noise', whiteNoise(length, createRandom(1))],
    ['pink noise', pinkNoise(length, createRandom(1))],
  ]) {
    rows.push({ class: name, 'engine is nearest to': rank(describe(noise)) });
  }
  return rows;
}
