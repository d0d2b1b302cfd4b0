// Small films whose events are known: does their sound come when something happens, and is it loud when much moves?
import { createRandom } from '../../dist/random.js';
import { renderSound } from '../../dist/sound/mix/render-sound.js';
import { planSound } from '../../dist/sound/plan/plan-sound.js';
import { measureMotion } from '../../dist/sound/watch/measure-motion.js';
import { watchFilm } from '../../dist/sound/watch/watch-film.js';
import { findOnsets } from './onsets.mjs';

const [width, height, rate] = [64, 36, 24];
const SAMPLES = 48_000;

/** Frames of a film; `light` is the brightness (0–255) of a pixel at a time in seconds. Every pixel has a sensor's noise. */
function film(seconds, light) {
  const random = createRandom(5);
  return Array.from({ length: seconds * rate }, (_, place) => {
    const rgb = new Uint8Array(width * height * 3);
    for (let pixel = 0; pixel < width * height; pixel++) {
      const value = light(pixel % width, Math.floor(pixel / width), place / rate) + 4 * random() - 2;
      rgb.fill(Math.max(0, Math.min(255, value)), 3 * pixel, 3 * pixel + 3);
    }
    return { width, height, rgb };
  });
}

/** Something round that crosses the picture ever faster and stops dead at each of these times. */
const stopping = (seconds, stops) =>
  film(seconds, (x, y, time) => {
    const done = stops.filter((stop) => stop <= time).length;
    const next = stops[done];
    const moved = next === undefined ? 0 : Math.max(0, 1 - (next - time) / 0.4) ** 2;
    const centre = done % 2 === 0 ? 10 + 44 * moved : 54 - 44 * moved;
    return Math.hypot(x - centre, y - 18) < 6 ? 235 : 45;
  });

const shuffle = (frames, seed) => {
  const random = createRandom(seed);
  const keyed = frames.map((frame) => ({ frame, key: random() }));
  return keyed.sort((first, second) => first.key - second.key).map(({ frame }) => frame);
};

const plan = (soundPrompt, seconds, heard) =>
  planSound({ prompt: '', soundPrompt, musicPrompt: '', seconds, seed: 3, ...heard });

/** F1 of the onsets of a film's sound against times, within 100 ms. */
function agreement(frames, times, prompt, seconds) {
  const onsets = findOnsets(renderSound(plan(prompt, seconds, watchFilm(frames, rate).heard)));
  const near = (time, others) => others.some((other) => Math.abs(time - other) <= 0.1);
  const right = onsets.filter((onset) => near(onset, times)).length;
  const precision = right / Math.max(1, onsets.length);
  const recall = times.filter((time) => near(time, onsets)).length / times.length;
  return (2 * precision * recall) / Math.max(1e-9, precision + recall);
}

function correlation(first, second) {
  const centre = (values) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.map((value) => value - mean);
  };
  const [a, b] = [centre(first), centre(second)];
  const dot = (x, y) => x.reduce((sum, value, place) => sum + value * y[place], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** Something that shivers, more and less. */
const shivering = (seconds, strength) =>
  film(seconds, (x, y, time) => 110 + 60 * strength(time) * Math.sin(x * 0.9 + y + time * 31));

/** Tables: sync of impacts with films and with their shuffled frames; loudness against motion, and backwards. */
export function measureFilms() {
  const sync = [
    ['a ball bounces', [0.9, 1.9, 2.9, 3.9]],
    ['somebody hammers on wood', [0.7, 1.6, 2.2, 3.3, 4.3]],
    ['a metal clang', [1.1, 2.6, 4.2]],
  ].map(([prompt, stops]) => {
    const frames = stopping(5, stops);
    const shuffled = [1, 2, 3, 4, 5, 6].map((seed) => agreement(shuffle(frames, seed), stops, prompt, 5));
    return {
      'film of': prompt,
      F1: +agreement(frames, stops, prompt, 5).toFixed(2),
      'F1, frames shuffled (mean of 6)': +(shuffled.reduce((sum, value) => sum + value, 0) / 6).toFixed(2),
    };
  });
  const following = [
    ['wind', (time) => (time > 3.4 && time < 5.2 ? 1 : 0.12)],
    ['waves', (time) => 0.1 + 0.9 * Math.exp(-(((time - 2) / 0.8) ** 2))],
    ['a crowd', (time) => (time < 2.5 ? 1 : 0.15)],
    ['rain', (time) => 0.1 + (0.9 * time) / 6],
  ].map(([prompt, strength]) => {
    const frames = shivering(6, strength);
    const energy = Array.from(measureMotion(frames).energy);
    const { left } = renderSound(plan(prompt, 6, { motion: watchFilm(frames, rate).heard.motion }));
    const step = SAMPLES / rate;
    const levels = energy.map((_, place) => {
      const part = left.subarray(place * step, (place + 1) * step);
      return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length);
    });
    return {
      'sound of': prompt,
      correlation: +correlation(levels, energy).toFixed(2),
      'played backwards': +correlation(levels.toReversed(), energy).toFixed(2),
    };
  });
  return { sync, following };
}
