import { z } from 'zod';
import { StillroarError } from '../../errors.ts';
import type { Task } from '../../tasks/task.ts';
import { type AccountCall, accountRoute, type DialectServices, type Route } from '../dialect.ts';
import { validate } from '../validate.ts';
import { toProblem } from './errors.ts';
import { TASK_BODY_LIMIT } from './fields.ts';
import { resolveFiles } from './resolve.ts';
import { type CreateFields, createSchema, remixSchema, searchSchema } from './schema.ts';
import { showPlan, toInput, toTaskReply } from './to-reply.ts';
import { readKind, toTaskRequest } from './to-request.ts';

const noBody = z.unknown();
const TASKS = '/api/v1/tasks';
const withFiles = { bodyLimit: TASK_BODY_LIMIT };

/** @throws StillroarError `not-found`, the same for what is unknown and what is another account's */
async function taskOf({ account, params, services }: AccountCall): Promise<Task> {
  const task = await services.tasks.findOne(account, params.id ?? '');
  if (!task) throw new StillroarError('not-found', 'There is no such task in your account.');
  return task;
}

/** Every model that may be named: those that cannot be used at the moment come last. */
function nameable(tasks: DialectServices['tasks']) {
  return [...tasks.models(), ...tasks.engines().flatMap(({ unavailable }) => unavailable)];
}

async function toRequest(fields: CreateFields, { account, services }: AccountCall, keep: boolean) {
  const { tasks, videoLimits } = services;
  // First of all, so that what does not go together leaves no upload behind.
  readKind(fields);
  const files = await resolveFiles(fields, account, services, keep);
  return toTaskRequest(fields, files, { models: nameable(tasks), videoLimits });
}

/** Makes what is asked for: the task, or of several each that could be made. */
async function create(fields: CreateFields, call: AccountCall): Promise<unknown> {
  const { account, origin, services, requestId } = call;
  const request = await toRequest(fields, call, true);
  const { count = 1 } = fields;
  if (count === 1) return toTaskReply(await services.tasks.create(account, request, origin), new Date());
  const { tasks, errors } = await services.tasks.createBatch(account, request, count, origin);
  return {
    items: tasks.map((task) => toTaskReply(task, new Date())),
    errors: errors.map(({ index, error }) => ({ index, problem: toProblem(error, requestId) })),
  };
}

/** What a task was made from, as a creation that makes another like it. */
function toFields(task: Task): CreateFields {
  const given = Object.entries(toInput(task)).filter(([, value]) => value !== null && value !== '');
  return { ...(Object.fromEntries(given) as CreateFields), kind: task.kind };
}

/** What a plan is made from. */
const plannedFrom = [
  ...(['image', 'lastImage', 'video', 'prompt', 'negativePrompt', 'soundPrompt', 'musicPrompt'] as const),
  ...(['effect', 'extendPrompt'] as const),
];

/** The native API's routes about tasks. */
export const taskRoutes: readonly Route[] = [
  accountRoute('POST', TASKS, createSchema, (call) => create(call.body, call), { ...withFiles, status: 201 }),

  accountRoute(
    'POST',
    '/api/v1/estimate',
    createSchema,
    async (call) => {
      const { account, body, services } = call;
      const { plan, ...estimate } = await services.tasks.estimate(
        account,
        await toRequest(body, call, false),
      );
      return {
        ...estimate,
        credits: estimate.credits * (body.count ?? 1),
        plan: showPlan(plan),
      };
    },
    withFiles,
  ),

  accountRoute('GET', TASKS, noBody, async ({ account, query, services }) => {
    const { state, kind, engine, text, since, until, after, limit } = validate(searchSchema, query);
    const filter = {
      ...(state && { states: state }),
      ...(kind && { kinds: kind }),
      ...(engine !== undefined && { engine }),
      ...(text !== undefined && { text }),
      ...(since && { since }),
      ...(until && { until }),
    };
    const { tasks, next } = await services.tasks.search(account, filter, { after, limit });
    const now = new Date();
    return { items: tasks.map((task) => toTaskReply(task, now)), next: next ?? null };
  }),

  accountRoute('GET', `${TASKS}/:id`, noBody, async (call) => toTaskReply(await taskOf(call), new Date())),

  accountRoute(
    'DELETE',
    `${TASKS}/:id`,
    noBody,
    async (call) => {
      const { id } = await taskOf(call);
      const [deletion] = await call.services.tasks.remove(call.account, [id]);
      if (deletion?.outcome === 'busy') {
        throw new StillroarError('conflict', 'The task has not ended yet. Cancel it first.');
      }
    },
    { status: 204 },
  ),

  accountRoute('POST', `${TASKS}/:id/cancel`, noBody, async (call) => {
    const { id } = await taskOf(call);
    const isCancelled = await call.services.tasks.cancel(call.account, id);
    const task = await taskOf(call);
    if (isCancelled || task.state === 'cancelled') return toTaskReply(task, new Date());
    throw new StillroarError('conflict', `The task has ended already: it is ${task.state}.`);
  }),

  accountRoute(
    'POST',
    `${TASKS}/:id/remix`,
    remixSchema,
    async (call) => {
      const task = await taskOf(call);
      const base = toFields(task);
      const { parentId } = task;
      const isParentGone = parentId && !(await call.services.tasks.findOne(call.account, parentId));
      if (isParentGone && task.input.video) base.video = task.input.video.url;
      if (task.kind === 'image-to-video' && !base.image && !call.body.image) {
        throw new StillroarError(
          'conflict',
          'The picture came inside the request and is not kept. Send it again as image.',
          { field: 'image' },
        );
      }
      const changes = definedOnly(call.body);
      // A plan is kept to whatever the words are: other words want another.
      if (plannedFrom.some((field) => field in changes)) delete base.plan;
      return create({ ...base, ...changes }, call);
    },
    { ...withFiles, status: 201 },
  ),
];

function definedOnly<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}
