import { z } from 'zod';
import { errorTable } from '../../errors.ts';
import { kinds, states } from './schema.ts';

/** The native API's answers, as the reference describes them and as its tests hold every answer to them. */

const time = z.iso.datetime();
const moment = time.nullable();
const text = z.string();
const stages = ['fetching', 'analysing', 'rendering', 'scoring', 'encoding', 'storing'] as const;
const resolutions = ['720p', '1080p', '4k'] as const;
const codes = Object.keys(errorTable) as [string, ...string[]];

const warning = z.object({ code: text, message: text });
const plan = z.object({ picture: z.unknown(), sound: z.unknown() }).nullable();

const output = z.object({
  kind: z.enum(['video', 'audio', 'cover', 'preview']),
  url: text,
  contentType: text,
  bytes: z.int(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  durationSeconds: z.number().nullable(),
});

const taskInput = z.object({
  image: text.nullable(),
  lastImage: text.nullable(),
  video: text.nullable(),
  prompt: text,
  negativePrompt: text,
  soundPrompt: text,
  musicPrompt: text,
  audio: text,
  originalAudio: z.enum(['replace', 'mix', 'duck']).nullable(),
  resolution: z.enum(resolutions).nullable(),
  aspectRatio: z.enum(['16:9', '9:16', '1:1']).nullable(),
  seconds: z.number().nullable(),
  fps: z.int().nullable(),
  effect: text.nullable(),
  model: text,
  extendPrompt: z.boolean(),
  premium: z.boolean(),
  webhookUrl: text.nullable(),
  webhookEvents: z.enum(['all', 'end']).nullable(),
  plan,
});

export const task = z
  .object({
    id: text.regex(/^[0-9a-f]{24}$/),
    number: text.regex(/^\d+$/),
    kind: z.enum(kinds),
    state: z.enum(states),
    progress: z.int().min(0).max(100),
    stage: z.enum(stages).nullable(),
    queuePosition: z.int().min(1).nullable(),
    etaSeconds: z.int().min(0).nullable(),
    input: taskInput,
    seed: z.int(),
    engine: text,
    model: text,
    credits: z.int(),
    warnings: z.array(warning),
    error: z.object({ code: z.enum(codes), message: text }).nullable(),
    plan,
    outputs: z.array(output),
    batch: z.object({ id: text, index: z.int(), count: z.int() }).nullable(),
    parentId: text.nullable(),
    dialect: text,
    externalId: text.nullable(),
    createdAt: time,
    updatedAt: time,
    startedAt: moment,
    endedAt: moment,
    expiresAt: moment,
  })
  .meta({ id: 'Task' });

export const problem = z
  .object({
    type: text,
    title: text,
    status: z.int(),
    detail: text,
    code: z.enum(codes),
    retryable: z.boolean(),
    errors: z.array(z.object({ field: text, message: text })),
    requestId: text,
  })
  .meta({ id: 'Problem' });

/** A page of a list: `next` is the cursor of the page behind it. */
const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: text.nullable() });

export const made = z.union([
  task,
  z.object({ items: z.array(task), errors: z.array(z.object({ index: z.int(), problem })) }),
]);
export const tasks = page(task);

export const estimate = z.object({
  credits: z.int(),
  engine: text,
  model: text,
  warnings: z.array(warning),
  plan,
});

export const upload = z.object({
  id: text,
  url: text,
  kind: z.enum(['picture', 'audio', 'video']),
  contentType: text,
  bytes: z.int(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  durationSeconds: z.number().nullable(),
  expiresAt: time,
});

export const effects = z.object({
  items: z.array(z.looseObject({ code: text, name: text, engine: text })),
});

const model = z.object({
  name: text,
  title: text,
  engine: text,
  kinds: z.array(z.enum(kinds)),
  resolutions: z.array(z.enum(resolutions)),
  seconds: z.array(z.number()),
  lastFrame: z.boolean(),
  needsLastFrame: z.boolean(),
  quality: z.enum(['fast', 'fine']),
  licence: text.nullable(),
  prices: z.record(z.enum(resolutions), z.int()),
});

export const models = z.object({ items: z.array(model) });

export const engines = z.object({
  items: z.array(
    z.object({
      name: text,
      models: z.array(text),
      unavailable: z.array(model.extend({ needs: z.array(text) })),
      effects: z.int(),
    }),
  ),
});

export const account = z.object({
  uid: z.int(),
  teamId: text,
  plan: z.enum(['free', 'pro', 'studio']),
  credits: z.int(),
  limits: z.object({ tasksAtOnce: z.int(), seconds: z.number(), premium: z.boolean() }),
  uploads: z.object({ bytes: z.int(), quota: z.int() }),
});

export const ledger = page(
  z.object({
    id: text,
    entry: z.enum(['grant', 'charge', 'refund']),
    amount: z.int(),
    reason: text,
    taskId: text.nullable(),
    createdAt: time,
  }),
);

export const keys = z.object({
  items: z.array(z.object({ clientId: text, name: text, createdAt: time, revokedAt: moment })),
});
export const madeKey = z.object({ clientId: text, apiKey: text, name: text });

export const deliveries = page(
  z.object({
    id: text,
    taskId: text,
    url: text,
    event: text,
    dialect: text,
    state: z.enum(['pending', 'delivered', 'failed']),
    attempts: z.array(
      z.object({
        attempt: z.int(),
        at: time,
        status: z.int().nullable(),
        problem: text.nullable(),
        milliseconds: z.int(),
      }),
    ),
    nextAttemptAt: moment,
    createdAt: time,
  }),
);
export const resent = z.object({ id: text, state: z.literal('pending') });

export const event = z.object({
  type: z.enum(['task.processing', 'task.completed', 'task.failed', 'task.cancelled', 'task.expired']),
  timestamp: time,
  data: z.union([task, z.object({ id: text, state: z.enum(states) })]),
});
