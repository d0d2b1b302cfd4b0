import { z } from 'zod';
import type { TaskState } from '../../tasks/task.ts';
import {
  cursor,
  flag,
  MOST_DATA,
  MOST_PROMPT,
  MOST_URL,
  moment,
  optional,
  strictObject,
  text,
  whole,
  wholeText,
  word,
  words,
} from './fields.ts';

/** How many videos one request may ask for. */
const MOST_COUNT = 10;
const MOST_SEED = 2 ** 31 - 1;
const SECONDS = 'seconds must be 5 or 10.';

export const kinds = ['image-to-video', 'text-to-video', 'video-to-audio'] as const;
export const states = [
  'queued',
  'processing',
  'completed',
  'failed',
  'cancelled',
  'expired',
] as const satisfies readonly TaskState[];

const PLAN = 'plan must be an object with picture and sound, as an estimate or a task shows it.';

/** What describes a video or a sound; each may be left out. */
const taskFields = {
  image: text('image', MOST_DATA),
  lastImage: text('lastImage', MOST_DATA),
  video: text('video', MOST_DATA),
  prompt: text('prompt', MOST_PROMPT),
  negativePrompt: text('negativePrompt', MOST_PROMPT),
  soundPrompt: text('soundPrompt', MOST_PROMPT),
  musicPrompt: text('musicPrompt', MOST_PROMPT),
  audio: text('audio', MOST_DATA),
  originalAudio: word('originalAudio', ['replace', 'mix', 'duck']),
  resolution: word('resolution', ['720p', '1080p', '4k']),
  aspectRatio: word('aspectRatio', ['16:9', '9:16', '1:1']),
  seconds: z.preprocess((value) => value ?? undefined, z.literal([5, 10], { error: SECONDS }).optional()),
  fps: whole('fps', 12, 60),
  effect: text('effect', 100),
  model: text('model', 100),
  seed: whole('seed', 0, MOST_SEED),
  count: whole('count', 1, MOST_COUNT),
  extendPrompt: flag('extendPrompt'),
  plan: optional(
    z.strictObject({ picture: z.unknown().optional(), sound: z.unknown().optional() }, { error: PLAN }),
  ),
  premium: flag('premium'),
  webhookUrl: text('webhookUrl', MOST_URL),
  webhookEvents: word('webhookEvents', ['all', 'end']),
  externalId: text('externalId', 200),
};

/** The body of a creation and of an estimate. */
export const createSchema = strictObject({ kind: word('kind', kinds), ...taskFields });

/** The body of a remix: what is to be different. Nothing at all makes the same with another seed. */
export const remixSchema = z.preprocess((body) => body ?? {}, strictObject(taskFields));

/** What a creation takes, read. */
export type CreateFields = z.output<typeof createSchema>;

const limit = wholeText('limit', 1, 100, 20);

/** The query of the list of tasks. */
export const searchSchema = strictObject({
  state: words('state', states),
  kind: words('kind', kinds),
  engine: text('engine', 100),
  text: text('text', 200),
  since: moment('since'),
  until: moment('until'),
  after: cursor,
  limit,
});

/** The query of the ledger. */
export const pageSchema = strictObject({ after: cursor, limit });

/** The query of the callbacks' log. */
export const deliveriesSchema = strictObject({ task: text('task', 24), after: cursor, limit });

/** The body of a new key. */
export const keySchema = z.preprocess((body) => body ?? {}, strictObject({ name: text('name', 60) }));
