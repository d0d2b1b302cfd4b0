import { StillroarError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';
import type { CameraMove, Shot } from '../../picture/direct/shot.ts';
import { actionStart, type Effect } from '../../picture/effects/effect.ts';
import { effects } from '../../picture/effects/index.ts';
import type { Film } from '../../picture/render/compose.ts';
import type { SoundLayer } from '../../sound/index.ts';
import { findSound } from '../../sound/sounds/index.ts';
import type { EngineEffect, EngineInput, Warning } from '../engine.ts';

const fileName = ({ name }: Effect) => name.toLowerCase().replaceAll(' ', '-');

/** What the built-in engine lets happen. Logos and previews are made by `scripts/build-effects.mjs`. */
export const builtinEffects: readonly EngineEffect[] = effects.map((effect) => ({
  code: effect.code,
  name: effect.name,
  summary: effect.summary,
  logo: `effects/${fileName(effect)}.webp`,
  preview: `effects/${fileName(effect)}.mp4`,
}));

/** The effect with this code. @throws StillroarError `invalid-field` that names the nearest */
export function findEffect(code: string): Effect {
  const effect = effects.find((known) => known.code === code);
  if (effect) return effect;
  const codes = effects.map((known) => known.code);
  const suggestion = nearest(code, codes);
  throw new StillroarError(
    'invalid-field',
    `The effect "${code.slice(0, 100)}" is not known. ` +
      `${suggestion ? `Did you mean ${suggestion}? ` : ''}There are ${codes.join(', ')}.`,
    { field: 'effect' },
  );
}

/** What an effect makes of a shot: it alone moves the picture, whatever the words say. */
export function effectShot({ code, name }: Effect, seed: number): Shot {
  const why = `effect: ${name}`;
  const still: CameraMove = { kind: 'static', strength: 0, span: [0, 1], easing: 'ease', why };
  return { seed, moves: [still], motions: [], overlays: [], grades: [], effect: { code, name, why } };
}

/** How strong an effect is: all of it, unless the request wants less. */
export function effectStrength({ motion }: Pick<EngineInput, 'motion'>): number {
  return Math.min(1, motion?.strength ?? 1);
}

/** The parts of a film that an effect does not need. */
export const plainFilm: Pick<Film, 'relief' | 'near' | 'aim' | 'fit' | 'transition' | 'regions' | 'sun'> = {
  relief: { width: 2, height: 2, values: new Float32Array(4) },
  near: null,
  aim: 0,
  fit: { zoom: 1, gain: 1 },
  transition: null,
  regions: [],
  sun: null,
};

/** What the caller gets otherwise than it was asked for. */
export function effectWarnings(isFound: boolean, hasLastPicture: boolean): Warning[] {
  const warnings: Warning[] = [];
  if (!isFound) {
    warnings.push({
      code: 'subject-not-found',
      message: 'Nothing stands out in the picture, so the effect happens where the eye falls first.',
    });
  }
  if (hasLastPicture) {
    warnings.push({
      code: 'last-image-unused',
      message: 'A video with an effect ends as the effect does: the last picture was not used.',
    });
  }
  return warnings;
}

/** What is heard of an effect, at the moments at which it is seen, in a clip of so many seconds. */
export function effectSounds(effect: Effect, seconds: number): SoundLayer[] {
  const start = actionStart(seconds);
  return effect.sounds.flatMap(
    ({ generator, variant, at, gainDecibels, intensity = 0.5, pace = 0.5 }): SoundLayer[] => {
      const place = { pan: 0, distance: 0, gainDecibels, why: `effect: ${effect.name}` };
      const parameters = { intensity, density: 0.5, pace, variant };
      if (findSound(generator)?.kind === 'texture') {
        const [from, to] = at as readonly [number, number];
        const begin = start + from;
        const duration = Math.min(to - from, seconds - begin);
        if (duration <= 0) return [];
        return [{ kind: 'texture', generator, parameters, start: begin, duration, ...place }];
      }
      const events = effect.events
        .filter(({ name }) => (at as readonly string[]).includes(name))
        .map(({ time, strength }) => ({ time: start + time, strength, pan: 0 }))
        .filter(({ time }) => time < seconds);
      if (events.length === 0) return [];
      return [{ kind: 'event', generator, parameters, events, start: 0, duration: seconds, ...place }];
    },
  );
}
