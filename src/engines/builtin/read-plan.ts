import { z } from 'zod';
import { StillroarError } from '../../errors.ts';
import type { CameraMove, Direction, Shot } from '../../picture/direct/shot.ts';
import { effects } from '../../picture/effects/index.ts';
import { grades } from '../../picture/grades/index.ts';
import { motions } from '../../picture/motions/index.ts';
import { overlays } from '../../picture/overlays/index.ts';
import { type SoundPlan, trackLoudness } from '../../sound/index.ts';
import { spaces } from '../../sound/mix/spaces.ts';
import { type MusicLead, modes, styles } from '../../sound/music/styles.ts';
import { findSound, sounds } from '../../sound/sounds/index.ts';
import type { EngineInput, Warning } from '../engine.ts';
import type { GivenPlan } from './given-plan.ts';

/** More of a kind is noise, and takes time. */
const MOST_ENTRIES = 16;
/** Events of one layer: somebody types for a minute. */
const MOST_EVENTS = 1_000;
/** Values of a motion curve. */
const MOST_VALUES = 10_000;
/** Seconds that a plan may speak of. */
const LONGEST = 3_600;

// Every message is what the value has to be; `explain` puts the value's name before it.

function between(least: number, most: number) {
  const error = `a number from ${least} to ${most}`;
  return z.number({ error }).min(least, { error }).max(most, { error });
}

function oneOf<const Name extends string>(names: readonly Name[]) {
  return z.enum(names, { error: `one of ${names.join(', ')}` });
}

function listOf<Entry extends z.ZodType>(entry: Entry, most: number) {
  const error = `a list of at most ${most}`;
  return z.array(entry, { error }).max(most, { error });
}

const object = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `an object of ${Object.keys(shape).join(', ')}, without ${issue.keys[0]?.slice(0, 40)}`
        : 'an object',
  });
const why = z
  .string({ error: 'a text' })
  .max(6_000, { error: 'a text of at most 6000 characters' })
  .default('plan');
const share = between(0, 1);

const wish = (kinds: readonly { kind: string }[]) =>
  object({
    kind: oneOf(kinds.map(({ kind }) => kind)),
    strength: share,
    direction: oneOf(['left', 'right']).optional(),
    why,
  });

const move = object({
  kind: oneOf<CameraMove['kind']>([
    ...([
      'static',
      'pan',
      'tilt',
      'zoom',
      'dolly',
      'truck',
      'pedestal',
      'orbit',
      'roll',
      'handheld',
    ] as const),
  ]),
  direction: oneOf<Direction>([
    ...(['left', 'right', 'up', 'down', 'in', 'out', 'clockwise', 'counterclockwise'] as const),
  ]).optional(),
  strength: share,
  span: z
    .tuple([share, share], { error: 'two numbers from 0 to 1' })
    .refine(([start, end]) => start < end, { error: 'two numbers from 0 to 1, the smaller first' }),
  easing: oneOf(['ease', 'linear', 'sudden']),
  why,
});

const shot = object({
  seed: z.unknown(),
  moves: listOf(move, MOST_ENTRIES).default([]),
  motions: listOf(wish(motions), MOST_ENTRIES).default([]),
  overlays: listOf(wish(overlays), MOST_ENTRIES).default([]),
  grades: listOf(wish(grades), MOST_ENTRIES).default([]),
  effect: object({ code: oneOf(effects.map(({ code }) => code)), name: why, why }).optional(),
});

const event = object({ time: between(0, LONGEST), strength: share, pan: between(-1, 1) });
const place = {
  start: between(0, LONGEST),
  duration: between(0, LONGEST),
  gainDecibels: between(-60, 24),
  pan: between(-1, 1),
  distance: share,
  why,
};
const generators = (kind: 'texture' | 'event') =>
  sounds.filter((sound) => sound.kind === kind).map(({ name }) => name);
const parameters = object({ intensity: share, density: share, pace: share, variant: z.string() });
const leads = ['pluck', 'piano', 'guitar', 'strings', 'bell', 'square', 'distorted'] as const;

const layer = z
  .discriminatedUnion(
    'kind',
    [
      object({
        kind: z.literal('texture'),
        generator: oneOf(generators('texture')),
        parameters,
        events: listOf(event, MOST_EVENTS).optional(),
        ...place,
      }),
      object({
        kind: z.literal('event'),
        generator: oneOf(generators('event')),
        parameters,
        events: listOf(event, MOST_EVENTS),
        ...place,
      }),
      object({
        kind: z.literal('music'),
        generator: z.literal('music', { error: 'music' }),
        parameters: object({
          genre: oneOf(Object.keys(styles)),
          mood: oneOf(Object.keys(modes)),
          pace: share,
          drums: z.boolean({ error: 'true or false' }),
          lead: oneOf<MusicLead>(leads).optional(),
        }),
        hits: listOf(between(0, LONGEST), MOST_EVENTS).optional(),
        ...place,
      }),
    ],
    { error: 'a layer whose kind is texture, event or music' },
  )
  .superRefine((value, context) => {
    if (value.kind === 'music') return;
    const { variants = [value.parameters.variant] } = findSound(value.generator) ?? {};
    if (variants.includes(value.parameters.variant)) return;
    context.addIssue({
      code: 'custom',
      path: ['parameters', 'variant'],
      message: `one of ${variants.join(', ')}`,
    });
  });

const soundPlan = object({
  seed: z.unknown(),
  seconds: between(0.1, LONGEST),
  loudness: between(-60, -10),
  space: oneOf(Object.keys(spaces)),
  motion: object({ rate: between(0.01, 1_000), values: listOf(share, MOST_VALUES) }).optional(),
  layers: listOf(layer, MOST_ENTRIES).default([]),
});

const still: CameraMove = {
  kind: 'static',
  strength: 0,
  span: [0, 1],
  easing: 'ease',
  why: 'plan: no movement',
};

/**
 * Reads a plan that came with a request, as an estimate or a finished task shows it, edited or not. Its seeds do not
 * count: the task has one.
 * @throws StillroarError `invalid-field` with the place and what stands there in a plan
 */
export function readPlan({ plan = {}, seed }: Pick<EngineInput, 'plan' | 'seed'>): GivenPlan {
  const given: GivenPlan = {};
  if (plan.picture != null) {
    const read = parse(shot, plan.picture, 'plan.picture') as Shot;
    given.picture = { ...read, seed, moves: read.moves.length > 0 ? read.moves : [still] };
  }
  if (plan.sound != null) {
    const read = parse(soundPlan, plan.sound, 'plan.sound') as SoundPlan;
    // Without what was loudest the rest is not brought to its loudness.
    given.sound = { ...read, seed, loudness: Math.min(read.loudness, trackLoudness(read.layers)) };
  }
  return given;
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, root: string): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.slice(0, 5).map(({ path, message }) => {
    const field = [root, ...path].join('.');
    return { field, message: `${field} must be ${message}.` };
  });
  const { field, message } = problems[0]!;
  throw new StillroarError('invalid-field', message, { field, problems });
}

/**
 * What of a plan will not count.
 * @throws StillroarError `invalid-field` as {@link readPlan} does
 */
export function checkPlan(input: Pick<EngineInput, 'kind' | 'audio' | 'plan'>): Warning[] {
  const { picture, sound } = readPlan({ ...input, seed: 0 });
  const warnings: Warning[] = [];
  if (picture && input.kind === 'video-to-audio') {
    warnings.push({
      code: 'plan-picture-unused',
      message: 'A video that gets sound keeps its picture: the picture of the plan does not count.',
    });
  }
  if (sound && input.audio !== 'ai') {
    warnings.push({
      code: 'plan-sound-unused',
      message: 'Sound is made by a plan only where audio is ai: the sound of the plan does not count.',
    });
  }
  return warnings;
}
