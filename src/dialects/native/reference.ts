import type { z } from 'zod';
import { StillroarError } from '../../errors.ts';
import type { DialectReference, SpecialRoute } from '../reference.ts';
import { toProblem } from './errors.ts';
import * as replies from './replies.ts';
import { deliveriesSchema, pageSchema, searchSchema } from './schema.ts';

const id = '6895ab1234b4dbdd4ab3d28c';
const base = 'http://localhost:8080';

const completed: z.output<typeof replies.task> = {
  id,
  number: '100000001',
  kind: 'image-to-video',
  state: 'completed',
  progress: 100,
  stage: null,
  queuePosition: null,
  etaSeconds: null,
  input: {
    image: `${base}/samples/stream.jpg`,
    lastImage: null,
    video: null,
    prompt: 'The camera slowly pushes in along the stream. Rushing water, birds singing.',
    negativePrompt: '',
    soundPrompt: '',
    musicPrompt: '',
    audio: 'ai',
    originalAudio: null,
    resolution: '720p',
    aspectRatio: null,
    seconds: 5,
    fps: 24,
    effect: null,
    model: 'builtin-fast',
    extendPrompt: false,
    premium: false,
    webhookUrl: null,
    webhookEvents: null,
    plan: null,
  },
  seed: 1848213977,
  engine: 'builtin',
  model: 'builtin-fast',
  credits: 20,
  warnings: [],
  error: null,
  plan: { picture: { moves: [{ kind: 'dolly', direction: 'in' }] }, sound: { layers: [] } },
  outputs: [
    {
      kind: 'video',
      url: `${base}/files/0f3c9a4be1d24e7f8a6b5c4d3e2f1a0b.mp4`,
      contentType: 'video/mp4',
      bytes: 2_514_402,
      width: 1280,
      height: 720,
      durationSeconds: 5,
    },
  ],
  batch: null,
  parentId: null,
  dialect: 'native',
  externalId: null,
  createdAt: '2026-03-01T12:00:00.000Z',
  updatedAt: '2026-03-01T12:00:03.000Z',
  startedAt: '2026-03-01T12:00:00.010Z',
  endedAt: '2026-03-01T12:00:03.000Z',
  expiresAt: '2026-03-08T12:00:03.000Z',
};

const queued = {
  ...completed,
  state: 'queued',
  progress: 0,
  queuePosition: 1,
  plan: null,
  outputs: [],
  updatedAt: completed.createdAt,
  startedAt: null,
  endedAt: null,
  expiresAt: null,
};

const creation = { image: `${base}/samples/stream.jpg`, prompt: completed.input.prompt, resolution: '720p' };

const specials: readonly SpecialRoute[] = [
  {
    method: 'POST',
    path: '/api/v1/uploads',
    status: 201,
    summary: 'Bring a file',
    description:
      'A form with a field `file`, or the bytes themselves. What the file is, its bytes say. It is kept for 24 hours, and longer once a task uses it; its `url` and its `id` are taken wherever a file is asked for, the `url` by every dialect.',
    bodies: {
      'multipart/form-data': {
        type: 'object',
        properties: { file: { type: 'string', format: 'binary' } },
        required: ['file'],
      },
      'application/octet-stream': { type: 'string', format: 'binary' },
    },
    reply: replies.upload,
    examples: {
      reply: {
        id,
        url: `${base}/files/7d1f0c2e4b6a48939f8e7d6c5b4a3f21.jpg`,
        kind: 'picture',
        contentType: 'image/jpeg',
        bytes: 401_223,
        width: 1600,
        height: 1067,
        durationSeconds: null,
        expiresAt: '2026-03-02T12:00:00.000Z',
      },
    },
  },
  {
    method: 'GET',
    path: '/api/v1/events',
    status: 200,
    summary: 'Follow tasks as they change',
    description:
      'Server-sent events: `event: task` with the whole task as `data`, `event: deleted` with its id. A new stream begins with the tasks that are not finished; with the header `Last-Event-ID` also with those that have changed since. `?task=` follows one task.',
    replyType: 'text/event-stream',
  },
];

/** What the reference says about the native API. */
export const reference: DialectReference = {
  title: 'Stillroar',
  description:
    'The API of this server’s own studio, client and command line. Errors are problem details (RFC 9457).',
  specials,
  error: {
    schema: replies.problem,
    example: toProblem(
      new StillroarError('invalid-field', 'seconds must be 5 or 10.', { field: 'seconds' }),
      '1f0c2e4b6a48939f',
    ),
  },
  callback: {
    description:
      'Sent when a task begins to be processed (unless `webhookEvents` is `end`) and when it has ended, signed as Standard Webhooks describes.',
    schema: replies.event,
    example: { type: 'task.completed', timestamp: completed.endedAt, data: completed },
  },
  routes: {
    'POST /api/v1/tasks': {
      summary: 'Make a task',
      description:
        'A picture becomes a video, words become one, or a video gets sound: what is meant follows from `image`, `prompt` and `video`, or is said by `kind`. The `plan` of an estimate or of a finished task can be sent back edited: entries left out, others stronger or weaker. What it says is done, whatever the words are; a part that is not there follows from the words. With `count` of 2 and more the answer lists the tasks that were made and why others were not.',
      reply: replies.made,
      examples: { body: creation, reply: queued },
    },
    'POST /api/v1/estimate': {
      summary: 'Ask what a task would cost',
      description: 'Takes the same body, checks it in the same way, and makes nothing.',
      reply: replies.estimate,
      examples: {
        body: creation,
        reply: { credits: 20, engine: 'builtin', model: 'builtin-fast', warnings: [], plan: completed.plan },
      },
    },
    'GET /api/v1/tasks': {
      summary: 'List tasks',
      description:
        'The newest first. `after` takes the `next` of the page before. With `text`, a page looks through 5,000 tasks at most: ' +
        'it may have fewer than `limit`, or none, and yet a `next`.',
      query: searchSchema,
      reply: replies.tasks,
      examples: { reply: { items: [completed], next: null } },
    },
    'GET /api/v1/tasks/:id': {
      summary: 'Show a task',
      description: 'By its id or its number, whichever dialect made it.',
      reply: replies.task,
      examples: { reply: completed },
    },
    'DELETE /api/v1/tasks/:id': { summary: 'Delete a task that has ended, with its files' },
    'POST /api/v1/tasks/:id/cancel': {
      summary: 'Cancel a task',
      description: 'Whether it waits or runs: the work ends at once and its price is given back.',
      reply: replies.task,
    },
    'POST /api/v1/tasks/:id/remix': {
      summary: 'Make a task like another',
      description:
        'The body says what is to be different; the seed is, unless it is given. A plan that the task was made by counts again, unless other words or files are given.',
      reply: replies.made,
      examples: { body: { prompt: 'Fog drifts over the stream' }, reply: queued },
    },
    'GET /api/v1/effects': { summary: 'List effects', reply: replies.effects },
    'GET /api/v1/models': { summary: 'List models', reply: replies.models },
    'GET /api/v1/engines': { summary: 'List engines', reply: replies.engines },
    'GET /api/v1/account': { summary: 'Show the account: credits, plan, limits', reply: replies.account },
    'GET /api/v1/ledger': {
      summary: 'List every credit that moved',
      query: pageSchema,
      reply: replies.ledger,
    },
    'GET /api/v1/keys': { summary: 'List keys, without their secrets', reply: replies.keys },
    'POST /api/v1/keys': {
      summary: 'Make a key',
      description: 'Its secret is in this answer and in no other.',
      reply: replies.madeKey,
      examples: { body: { name: 'phone' } },
    },
    'DELETE /api/v1/keys/:id': { summary: 'Revoke a key' },
    'GET /api/v1/webhooks': {
      summary: 'List callbacks and what became of them',
      query: deliveriesSchema,
      reply: replies.deliveries,
    },
    'POST /api/v1/webhooks/:id/resend': { summary: 'Send a callback again', reply: replies.resent },
  },
};
