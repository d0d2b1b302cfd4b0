import { expect, test } from 'vitest';
import { between, createRandom } from '../../random.ts';
import { renderSound } from '../mix/render-sound.ts';
import { planSound } from '../plan/plan-sound.ts';
import { SAMPLE_RATE } from '../samples.ts';
import { agreement, findOnsets } from '../testing/onsets.ts';
import type { SmallFrame } from './frame.ts';
import { measureMotion } from './measure-motion.ts';
import { watchFilm } from './watch-film.ts';

const [width, height, rate] = [64, 36, 24];
type Colour = readonly [number, number, number];

/** Frames drawn pixel by pixel; every pixel has the noise of a sensor. */
function film(seconds: number, colour: (x: number, y: number, time: number) => Colour): SmallFrame[] {
  const random = createRandom(5);
  return Array.from({ length: Math.round(seconds * rate) }, (_, place) => {
    const rgb = new Uint8Array(width * height * 3);
    for (let pixel = 0; pixel < width * height; pixel++) {
      const painted = colour(pixel % width, Math.floor(pixel / width), place / rate);
      for (let channel = 0; channel < 3; channel++) {
        rgb[3 * pixel + channel] = Math.max(0, Math.min(255, painted[channel]! + between(random, -2, 2)));
      }
    }
    return { width, height, rgb };
  });
}

/** A ball on the right that moves up and down, ever faster, and stops dead at these times. */
const stops = [0.9, 1.9, 2.9, 3.9];
const balls = film(5, (x, y, time) => {
  const done = stops.filter((stop) => stop <= time).length;
  const next = stops[done];
  const moved = next !== undefined ? Math.max(0, 1 - (next - time) / 0.45) ** 2 : 0;
  const centre = done % 2 === 0 ? 5 + 26 * moved : 31 - 26 * moved;
  return Math.hypot(x - 50, y - centre) < 5 ? [240, 240, 230] : [40, 60, 50];
});

/** Blue waves below a pale sky. */
const sea = film(4, (x, y, time) =>
  y < 15
    ? [190, 205, 225]
    : [20, 80 + 22 * Math.sin(x * 0.6 + y + time * 5), 150 + 40 * Math.sin(x * 0.5 - y * 1.3 + time * 6)],
);
const embers = createRandom(9);
/** Orange tongues in the dark. */
const flames = film(4, (x, y) => {
  const high = 20 * Math.exp(-(((x - 32) / 14) ** 2)) * (0.7 + 0.6 * embers());
  return height - y < high ? [250, 130 + 40 * embers(), 25] : [14, 8, 6];
});

const words = { prompt: '', soundPrompt: '', musicPrompt: '', seconds: 5, seed: 3 };

test('sees where a motion stops, and on which side', () => {
  const { heard, cuts } = watchFilm(balls, rate);
  const hits = heard.events!.filter(({ kind }) => kind === 'hit');
  const right = stops.filter((stop) => hits.some(({ time }) => Math.abs(time - stop) <= 0.1));
  console.log(`stops at ${stops}, seen at ${hits.map(({ time }) => time.toFixed(2))}`);
  expect(right.length).toBe(stops.length);
  expect(hits.every(({ pan }) => pan > 0.3)).toBe(true);
  expect(cuts).toEqual([]);
});

test('shuffled frames lose the sync, down to the sound', () => {
  const heardAt = (frames: SmallFrame[]) => {
    const { heard } = watchFilm(frames, rate);
    const plan = planSound({ ...words, soundPrompt: 'a ball bounces', ...heard });
    // What is heard is compared with what the real film shows, whoever was asked.
    return agreement(findOnsets(renderSound(plan)), stops);
  };
  const right = heardAt(balls);
  const shuffled = [2, 3, 4, 5, 6].map((seed) => {
    const random = createRandom(seed);
    const keys = balls.map((frame) => ({ frame, key: random() }));
    return heardAt(keys.sort((first, second) => first.key - second.key).map(({ frame }) => frame));
  });
  console.log(`F1 ${right.f1.toFixed(2)}, shuffled ${shuffled.map(({ f1 }) => f1.toFixed(2))}`);
  expect(right.f1).toBeGreaterThanOrEqual(0.8);
  const mean = shuffled.reduce((sum, { f1 }) => sum + f1 / shuffled.length, 0);
  expect(mean).toBeLessThanOrEqual(0.3);
});

test('finds a cut and a flash, and tells them apart', () => {
  const cutFilm = film(3, (x, _y, time) =>
    time < 1.5 ? (x < 32 ? [30, 40, 60] : [90, 60, 30]) : x < 40 ? [230, 220, 200] : [20, 120, 40],
  );
  expect(watchFilm(cutFilm, rate).cuts).toEqual([1.5]);
  const music = planSound({ ...words, soundPrompt: 'electronic music', ...watchFilm(cutFilm, rate).heard });
  expect(music.layers.find(({ kind }) => kind === 'music')).toMatchObject({ hits: [1.5] });
  const storm = film(3, (x, _y, time) =>
    time >= 2 && time < 2.12 ? [150 + x, 150 + x, 190] : [20 + x / 2, 20 + x / 2, 40],
  );
  const { flashes } = watchFilm(storm, rate);
  expect(flashes.length).toBe(1);
  expect(flashes[0]).toBeCloseTo(2, 1);
});

test('finds the beat of a motion', () => {
  const swing = film(5, (x, _y, time) =>
    Math.abs(x - 32 - 20 * Math.sin(2 * Math.PI * time)) < 6 ? [220, 220, 220] : [30, 30, 30],
  );
  // It stands still twice a second, at the ends of its way.
  expect(watchFilm(swing, rate).period).toBeCloseTo(0.5, 1);
  expect(
    watchFilm(
      film(3, () => [80, 80, 80]),
      rate,
    ).period,
  ).toBeUndefined();
});

test('without words two unlike videos get unlike plans, and a blank one none but air', () => {
  const generators = (frames: SmallFrame[]) => {
    const { heard } = watchFilm(frames, rate);
    console.log(heard.scene);
    return planSound({ ...words, ...heard }).layers.map(({ generator }) => generator);
  };
  expect(generators(sea)).toContain('ocean');
  expect(generators(flames)).toContain('fire');
  expect(generators(film(2, () => [128, 128, 128]))).toEqual(['air']);
});

test('the loudness of what goes on follows what moves, and not when it is played backwards', () => {
  const gusts = film(6, (x, y, time) => {
    const strong = time > 3.4 && time < 5.2 ? 1 : 0.12;
    return [60, 110 + 60 * strong * Math.sin(x * 0.9 + y + time * 31), 50];
  });
  const { energy } = measureMotion(gusts);
  const { motion } = watchFilm(gusts, rate).heard;
  const plan = planSound({ ...words, soundPrompt: 'wind', seconds: 6, motion: motion! });
  const { left } = renderSound(plan);
  const levels = Array.from({ length: energy.length }, (_, place) => {
    const part = left.subarray((place * SAMPLE_RATE) / rate, ((place + 1) * SAMPLE_RATE) / rate);
    return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length);
  });
  const right = correlation(levels, Array.from(energy));
  const wrong = correlation(levels.toReversed(), Array.from(energy));
  console.log(`correlation ${right.toFixed(2)}, reversed ${wrong.toFixed(2)}`);
  expect(right).toBeGreaterThanOrEqual(0.5);
  expect(wrong).toBeLessThan(0.2);
});

function correlation(first: readonly number[], second: readonly number[]): number {
  const centre = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.map((value) => value - mean);
  };
  const [a, b] = [centre(first), centre(second)];
  const dot = (x: number[], y: number[]) => x.reduce((sum, value, place) => sum + value * y[place]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
