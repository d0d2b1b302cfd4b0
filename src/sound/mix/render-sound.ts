import { StillroarError } from '../../errors.ts';
import { createRandom, deriveSeed } from '../../random.ts';
import { toGain } from '../dsp/decibels.ts';
import { fadeEnds } from '../dsp/fade.ts';
import { lowPass } from '../dsp/filter.ts';
import { integratedLoudness, loudestMoment } from '../dsp/loudness.ts';
import { addStereo, panGains } from '../dsp/pan.ts';
import { addReflections } from '../dsp/reflections.ts';
import { reverberate } from '../dsp/reverb.ts';
import { renderMusic } from '../music/perform.ts';
import type { MotionCurve, SoundLayer, SoundPlan } from '../plan/sound-plan.ts';
import { createStereo, SAMPLE_RATE, type StereoSamples, sampleCount } from '../samples.ts';
import { findSound } from '../sounds/index.ts';
import { duckingCurve } from './duck.ts';
import { master } from './master.ts';
import { spaces } from './spaces.ts';

/** Level of music that stands alone, in LUFS. */
const MUSIC_LOUDNESS = -20;

/** Seconds over which a layer that does not reach an end of the clip comes and goes. */
const LAYER_FADE = 0.25;

/** How far a texture falls where nothing moves, in dB. */
const STILL = -17;

/**
 * Renders a plan: exactly `sampleCount(plan.seconds)` samples, mastered. The same plan gives the same samples.
 * `onProgress` hears a number from 0 to 1 after each layer.
 *
 * @throws StillroarError `engine-failed` when the plan names a generator that does not exist.
 */
export function renderSound(plan: SoundPlan, onProgress?: (progress: number) => void): StereoSamples {
  const length = sampleCount(plan.seconds);
  const mix = createStereo(length);
  // Silence has no loudness that it could be brought to.
  if (plan.layers.length === 0) return mix;
  const room = createStereo(length);
  const bed = createStereo(length);
  const moments = createStereo(length);
  const space = spaces[plan.space];
  const events = plan.layers.flatMap((layer) => (layer.kind === 'event' ? [layer] : []));
  for (const [place, layer] of plan.layers.entries()) {
    // Counted among its own kind, so that a layer sounds the same whatever else is heard.
    const count = plan.layers.slice(0, place).filter(({ generator }) => generator === layer.generator).length;
    const rendered = renderLayer(layer, plan.seed, count);
    const at = sampleCount(layer.start);
    onProgress?.((place + 1) / (plan.layers.length + 1));
    if (layer.generator === 'air') {
      addStereo(bed, rendered, at, 1);
      continue;
    }
    if (plan.motion && layer.kind === 'texture') follow(rendered, plan.motion, layer.start);
    fadeInside(rendered, layer, plan.seconds);
    if (layer.kind !== 'event') {
      for (const event of events) duck(rendered, event, layer.start);
    }
    addStereo(layer.kind === 'event' ? moments : mix, rendered, at, 1);
    addStereo(room, rendered, at, space.near + (space.far - space.near) * layer.distance);
  }
  addStereo(mix, moments, 0, 1);
  addReflections(mix, moments, space.surfaces);
  addStereo(mix, reverberate(room, space), 0, 1);
  master(mix, plan.loudness, bed);
  onProgress?.(1);
  return mix;
}

/** One layer at its level, distance and place. */
function renderLayer(layer: SoundLayer, seed: number, count: number): StereoSamples {
  const length = sampleCount(layer.duration);
  const random = createRandom(deriveSeed(seed, `${count} ${layer.generator}`));
  let samples: StereoSamples;
  let gainDecibels: number;
  if (layer.kind === 'music') {
    samples = renderMusic(length, layer.parameters, random, layer.hits);
    gainDecibels = MUSIC_LOUDNESS - integratedLoudness(samples);
  } else {
    const sound = findSound(layer.generator);
    if (sound === undefined || sound.kind !== layer.kind) {
      throw new StillroarError('engine-failed', `There is no ${layer.kind} sound “${layer.generator}”.`);
    }
    if (sound.kind === 'texture') {
      const events = layer.kind === 'texture' ? layer.events : [];
      samples = sound.render(length, layer.parameters, random, events);
      gainDecibels = sound.loudness - integratedLoudness(samples);
    } else {
      const events = layer.kind === 'event' ? layer.events : [];
      samples = sound.render(length, layer.parameters, events, random);
      const strongest = Math.max(0.01, ...events.map((event) => event.strength));
      gainDecibels = sound.loudness + 20 * Math.log10(strongest) - loudestMoment(samples);
    }
  }
  // Nothing rendered: no event fell into the layer.
  if (gainDecibels > 60) return samples;
  const gain = toGain(gainDecibels + layer.gainDecibels - 9 * layer.distance);
  const [left, right] = panGains(layer.pan);
  finish(samples.left, gain * left * Math.SQRT2, layer.distance);
  finish(samples.right, gain * right * Math.SQRT2, layer.distance);
  return samples;
}

/** Level, the air's low-pass (18 kHz here, 1.3 kHz far away), and soft ends. */
function finish(channel: Float32Array, gain: number, distance: number): void {
  for (let index = 0; index < channel.length; index++) channel[index]! *= gain;
  if (distance > 0) lowPass(channel, 18000 * (1300 / 18000) ** distance);
}

/** What goes on is louder where more moves: from {@link STILL} dB up to its own level. */
function follow({ left, right }: StereoSamples, motion: MotionCurve, start: number): void {
  let gain = 1;
  for (let index = 0; index < left.length; index++) {
    if ((index & 63) === 0) {
      const place = Math.max(0, (start + index / SAMPLE_RATE) * motion.rate - 0.5);
      const from = motion.values[Math.min(motion.values.length - 1, Math.floor(place))] ?? 1;
      const to = motion.values[Math.min(motion.values.length - 1, Math.floor(place) + 1)] ?? 1;
      gain = toGain(STILL * (1 - (from + (to - from) * (place % 1))));
    }
    left[index]! *= gain;
    right[index]! *= gain;
  }
}

/** A layer that begins or ends inside the clip comes and goes softly. */
function fadeInside({ left, right }: StereoSamples, layer: SoundLayer, seconds: number): void {
  const fadeIn = layer.start > 0 ? LAYER_FADE : 0;
  const fadeOut = layer.start + layer.duration < seconds ? LAYER_FADE : 0;
  fadeEnds(left, fadeIn, fadeOut);
  fadeEnds(right, fadeIn, fadeOut);
}

function duck(samples: StereoSamples, events: SoundLayer & { kind: 'event' }, start: number): void {
  const length = samples.left.length;
  const shifted = events.events.map((event) => ({ ...event, time: event.time + events.start - start }));
  const gain = duckingCurve(shifted, length);
  if (gain === undefined) return;
  for (let index = 0; index < length; index++) {
    samples.left[index]! *= gain[index]!;
    samples.right[index]! *= gain[index]!;
  }
}
