// Measures the sound engine: length, levels, onsets, motion, classes, words, seeds, time. Needs a build.
// node bench/sound.mjs [DIRECTORY] — a folder of recordings (waves.ogg, wind.ogg, …) adds the class match; so does
// STILLROAR_RECORDINGS=DIRECTORY npm run bench -- sound.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { decodeAudio } from '../dist/media/decode-audio.js';
import { encodeSound } from '../dist/media/encode-sound.js';
import { createRandom } from '../dist/random.js';
import { integratedLoudness } from '../dist/sound/dsp/loudness.js';
import { truePeak } from '../dist/sound/dsp/true-peak.js';
import { renderSound } from '../dist/sound/mix/render-sound.js';
import { findMusic } from '../dist/sound/plan/find-music.js';
import { findSounds } from '../dist/sound/plan/find-sounds.js';
import { planSound } from '../dist/sound/plan/plan-sound.js';
import { findSound } from '../dist/sound/sounds/index.js';
import { matchClasses } from './sound/class-match.mjs';
import { measureFilms } from './sound/films.mjs';
import { findOnsets } from './sound/onsets.mjs';

const RATE = 48_000;
const plan = (soundPrompt, more = {}) =>
  planSound({ prompt: '', soundPrompt, musicPrompt: '', seconds: 10, seed: 1, ...more });
const prompts = [
  'waves crash on the shore, seagulls cry',
  'heavy rain and thunder',
  'a campfire crackles, crickets',
  'busy city traffic, a car honks twice',
  'a dog barks, then a door slams',
  'people talk and laugh in a restaurant',
  'a train passes and blows its horn',
  'a helicopter flies over the sea',
  'three knocks on a wooden door',
  'a race car drives past, tires screech',
  'upbeat electronic music',
  'rain, lofi music',
  'a gunshot',
  'two clicks',
  'somebody knocks on a wooden door',
];

async function measureMixes() {
  const folder = mkdtempSync(join(tmpdir(), 'stillroar-sound-'));
  const rows = [];
  for (const prompt of prompts) {
    const wanted = plan(prompt);
    const started = process.cpuUsage();
    const samples = renderSound(wanted);
    const { user, system } = process.cpuUsage(started);
    const path = join(folder, 'sound.mp3');
    await encodeSound(samples, 'mp3', path);
    const decoded = await decodeAudio(readFileSync(path), 20 * RATE);
    const again = renderSound(wanted);
    const other = renderSound({ ...wanted, seed: 2 });
    const equal = (first, second) => Buffer.from(first.left.buffer).equals(Buffer.from(second.left.buffer));
    rows.push({
      prompt,
      'length off, samples': samples.left.length - 10 * RATE,
      LUFS: +integratedLoudness(samples).toFixed(1),
      'within limits': withinLimits(integratedLoudness(samples), wanted.loudness),
      'dBTP after MP3': +truePeak(decoded).toFixed(1),
      'silence s': longestSilence(samples),
      DC: +Math.abs(
        samples.left.reduce((sum, sample) => sum + sample, 0) / samples.left.length,
      ).toExponential(1),
      'same seed': equal(samples, again),
      'other seed': equal(samples, other),
      'CPU ms/s': Math.round((user + system) / 10_000),
    });
  }
  rmSync(folder, { recursive: true });
  return rows;
}

/** −17 to −15 LUFS; a track of lone sounds may be as quiet as −22. */
const withinLimits = (loudness, wanted) => loudness <= -15 && loudness >= (wanted < -17 ? -22 : -17);

function longestSilence({ left, right }) {
  let run = 0;
  let longest = 0;
  for (let from = 0; from + 2400 <= left.length; from += 2400) {
    let peak = 0;
    for (let index = from; index < from + 2400; index++) {
      peak = Math.max(peak, Math.abs(left[index]), Math.abs(right[index]));
    }
    run = peak < 0.001 ? run + 0.05 : 0;
    longest = Math.max(longest, run);
  }
  return +longest.toFixed(2);
}

/** Onsets against the times of events, within 100 ms. */
function agree(onsets, times) {
  const lags = times.flatMap((time) => {
    const near = onsets.filter((onset) => Math.abs(onset - time) <= 0.1);
    return near.length > 0 ? [Math.min(...near.map((onset) => Math.abs(onset - time)))] : [];
  });
  const right = onsets.filter((onset) => times.some((time) => Math.abs(onset - time) <= 0.1)).length;
  const [precision, recall] = [right / Math.max(1, onsets.length), lags.length / times.length];
  lags.sort((first, second) => first - second);
  return {
    F1: +((2 * precision * recall) / Math.max(1e-9, precision + recall)).toFixed(2),
    'lag ms': Math.round(1000 * (lags[lags.length >> 1] ?? Number.NaN)),
  };
}

function measureOnsets() {
  const random = createRandom(11);
  return [
    ['impact', 'wood'],
    ['impact', 'glass'],
    ['impact', 'metal'],
    ['footsteps', 'stone'],
    ['ball', 'basketball'],
    ['door', 'slam'],
    ['gun', 'shot'],
    ['knife', 'chop'],
    ['dog', 'bark'],
    ['splash', 'puddle'],
    ['camera', 'shutter'],
  ].map(([name, variant]) => {
    const times = [];
    for (let time = 0.4 + random(); time < 9.4; time += 0.6 + 1.2 * random()) times.push(time);
    const parameters = { intensity: 0.5, density: 0.5, pace: 0.5, variant };
    const events = times.map((time) => ({ time, strength: 1, pan: 0 }));
    const onsets = findOnsets(findSound(name).render(10 * RATE, parameters, events, createRandom(4)));
    const shuffled = times.map(() => 0.4 + 9 * random());
    return {
      sound: `${name} ${variant}`,
      ...agree(onsets, times),
      'F1 at random times': agree(onsets, shuffled).F1,
    };
  });
}

function measureWords(file) {
  const path = fileURLToPath(new URL(`./captions/${file}`, import.meta.url));
  const lines = readFileSync(path, 'utf8').split('\n');
  const labelled = lines.filter((line) => line !== '' && !line.startsWith('#'));
  let [found, right, reached] = [0, 0, 0];
  for (const line of labelled) {
    const at = line.lastIndexOf(' = ');
    const caption = line.slice(0, at);
    const expected = new Set(line.slice(at + 3).split(' '));
    const heard = findSounds(caption, true).map(({ generator }) => generator);
    if (findMusic(caption, true)) heard.push('music');
    const good = heard.filter((generator) => expected.has(generator)).length;
    found += heard.length;
    right += good;
    if (good > 0) reached++;
  }
  return {
    file,
    captions: labelled.length,
    'with a right layer': +(reached / labelled.length).toFixed(3),
    precision: +(right / found).toFixed(3),
  };
}

/** Every figure of the sound engine, in tables. */
export async function benchSound(recordings = process.env.STILLROAR_RECORDINGS) {
  console.log('Mixes of 10 s: 1 length, 2 levels, 7 seeds, 8 time');
  console.table(await measureMixes());
  console.log('3 Onsets of sounds at known times, and of the whole way from a film to its sound');
  console.table(measureOnsets());
  const { sync, following } = measureFilms();
  console.table(sync);
  console.log('4 Loudness follows motion: correlation');
  console.table(following);
  console.log('6 Words');
  console.table([measureWords('labelled.txt'), measureWords('held-out.txt')]);
  if (recordings === undefined || !existsSync(recordings)) {
    console.log('5 Class match: needs a folder of recordings (docs/add-a-sound.md)');
  } else {
    console.log('5 Class match: rank of the own class, fitted on the first 60 % of each recording');
    console.table(await matchClasses(recordings));
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  await benchSound(process.argv[2]);
