import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Dialect } from '../dialects/dialect.ts';
import { toTaskReply } from '../dialects/native/to-reply.ts';
import { StillroarError } from '../errors.ts';
import type { Task } from '../tasks/task.ts';
import type { TaskEvent, TaskFeed } from '../tasks/task-feed.ts';
import { openEventStream } from './event-stream.ts';
import { createIdentify, type IdentifyParts } from './identify.ts';
import { createReplyError } from './reply-error.ts';

/** What the stream of events needs. */
export interface EventRoutesParts extends IdentifyParts {
  feed: TaskFeed;
}

/** After a break, what has changed up to so many ms before the last event is told again: changes commit out of order. */
const OVERLAP = 2_000;
const MOST_STREAMS = 20;

/**
 * `GET /api/v1/events`: the account's tasks as they change, as server-sent events (WHATWG HTML, 9.2). A new stream begins
 * with the tasks that are not finished; with `Last-Event-ID` also with those that have changed since. `?task=` follows
 * one task.
 */
export function addEventRoutes(server: FastifyInstance, dialect: Dialect, parts: EventRoutesParts): void {
  const identify = createIdentify(dialect, parts);
  const replyError = createReplyError(dialect);
  const streams = new Map<ServerResponse, number>();

  server.addHook('preClose', async () => {
    for (const stream of streams.keys()) stream.end();
  });

  server.register(async (scope) => {
    scope.setErrorHandler((error, _request, reply) => replyError(reply, error));
    scope.get<{ Querystring: { task?: string } }>('/api/v1/events', async (request, reply) => {
      const account = await identify(request);
      const { tasks } = parts.services;
      const wanted = request.query.task;
      const one = wanted === undefined ? undefined : await tasks.findOne(account, wanted);
      if (wanted !== undefined && !one) {
        throw new StillroarError('not-found', 'There is no such task in your account.');
      }
      // Nothing is waited for between the count and the stream that adds to it.
      if ([...streams.values()].filter((uid) => uid === account.uid).length >= MOST_STREAMS) {
        throw new StillroarError(
          'too-many-requests',
          `An account can follow at most ${MOST_STREAMS} streams of events at a time.`,
          { retryAfterSeconds: 10 },
        );
      }
      const since = readLastEvent(request.headers['last-event-id']);

      const stream = openEventStream(reply);
      stream.write('retry: 2000\n\n');
      streams.set(stream, account.uid);
      const isMeant = (id: string) => one === undefined || id === one.id;
      let held: TaskEvent[] | undefined = [];
      const stopFollowing = parts.feed.follow(account, (event) => {
        if (held) held.push(event);
        else send(stream, event, isMeant);
      });
      stream.on('close', () => {
        stopFollowing();
        streams.delete(stream);
      });
      // What happens while the beginning is read comes after it.
      const live = await tasks.live(account, since);
      const first: Task[] = one && !live.some(({ id }) => id === one.id) ? [one, ...live] : live;
      for (const event of [...first.map((task) => ({ type: 'task' as const, task })), ...held]) {
        send(stream, event, isMeant);
      }
      held = undefined;
    });
  });
}

function send(stream: ServerResponse, event: TaskEvent, isMeant: (id: string) => boolean): void {
  if (event.type === 'deleted') {
    if (isMeant(event.id)) stream.write(`event: deleted\ndata: ${JSON.stringify({ id: event.id })}\n\n`);
    return;
  }
  const { task } = event;
  if (!isMeant(task.id)) return;
  const data = JSON.stringify(toTaskReply(task, new Date()));
  stream.write(`id: ${task.updatedAt.getTime()}\nevent: task\ndata: ${data}\n\n`);
}

/** The time from which to tell again; undefined for a new stream. */
function readLastEvent(header: string | string[] | undefined): Date | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  return text && /^\d{1,15}$/.test(text) ? new Date(Number(text) - OVERLAP) : undefined;
}
