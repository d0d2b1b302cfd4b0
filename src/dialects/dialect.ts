import type { IncomingHttpHeaders } from 'node:http';
import type { ZodType, z } from 'zod';
import type { Account, Accounts } from '../credits/accounts.ts';
import type { Administration } from '../credits/administer.ts';
import type { KeyPair } from '../credits/key-pair.ts';
import type { LedgerEntry } from '../credits/ledger.ts';
import type { PlanName } from '../credits/plans.ts';
import type { StillroarError } from '../errors.ts';
import type { TaskService } from '../tasks/service.ts';
import type { Origin, Task, TaskState } from '../tasks/task.ts';
import type { Uploads } from '../tasks/uploads.ts';
import type { VideoLimits } from '../tasks/video-limits.ts';
import type { Outbox } from '../webhooks/outbox.ts';
import type { DialectReference } from './reference.ts';
import { validate } from './validate.ts';

/** What routes call to do their work. */
export interface DialectServices {
  tasks: TaskService;
  accounts: Accounts;
  /** For what an account does with its own keys. */
  administration: Pick<Administration, 'listKeys' | 'createKey' | 'revokeKey'>;
  /** An account's ledger, the newest first, older than an entry if one is given. */
  ledger(uid: number, page: { after: string | undefined; limit: number }): Promise<LedgerEntry[]>;
  uploads: Uploads;
  /** The callbacks' log. */
  outbox: Pick<Outbox, 'list' | 'resend'>;
  /** How many unfinished tasks an account of each plan may have. */
  tasksAtOnce: Record<PlanName, number>;
  /** What videos that callers bring may be. */
  videoLimits: VideoLimits;
}

/** One request, as a route sees it. */
export interface Call<Body = unknown> {
  /** The body, read by the route's schema. */
  body: Body;
  /** The parameters behind the path's question mark. */
  query: Record<string, unknown>;
  /** What stands in the places of the path that begin with a colon. */
  params: Record<string, string>;
  /** Names the request; the same as in the header X-Request-Id. */
  requestId: string;
  /** For the creation of tasks. */
  origin: Origin;
  services: DialectServices;
}

/** A call that has been authenticated. */
export interface AccountCall<Body = unknown> extends Call<Body> {
  account: Account;
}

interface RouteBase {
  method: 'GET' | 'POST' | 'DELETE';
  /** The whole path; a place that begins with a colon takes any text without a slash: `/v1/videos/:id`. */
  path: string;
  /** Most bytes of the body. Default: 1 MB. */
  bodyLimit?: number;
  /** What the body must be; undefined when none is read. */
  body?: ZodType;
  /** The HTTP status of a successful answer; with 204 nothing is sent. Default 200. */
  status?: 200 | 201 | 204;
  /** Whether its answer must not be written down, not even for repetitions. Default false. */
  isSecret?: boolean;
}

/** A route, with its decision on who may call it; `handle` resolves to the JSON of a successful answer, or a {@link Redirect}. */
export type Route =
  | (RouteBase & { access: 'account'; handle(call: AccountCall): Promise<unknown> })
  | (RouteBase & { access: 'public'; handle(call: Call): Promise<unknown> });

/** An answer that leads to another address instead of being JSON. */
export class Redirect {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }
}

/** A change of a task that its owner wanted to be told. */
export interface TaskNews {
  taskId: string;
  state: TaskState;
  /** URL of the finished video; empty in every other state. */
  videoUrl: string;
  /** When it changed. */
  at: Date;
  /** The task as it is now; undefined when it was deleted since. */
  task: Task | undefined;
}

/**
 * An API that this server speaks. A dialect only translates: requests into task requests, tasks into replies, errors
 * into its vendor's numbers. The work is done once, behind it.
 */
export interface Dialect {
  /** Stored with each task. */
  name: string;
  /** Where its routes begin; unknown paths below them are answered in its own words. */
  prefixes: readonly string[];
  /** Another dialect has the same prefixes and answers for unknown paths below them. Default false. */
  sharesPrefixes?: boolean;
  /** Whether its routes take forms as well as JSON. Default false. */
  takesForms?: boolean;
  routes: readonly Route[];
  /** What the reference says about it. */
  reference: DialectReference;
  /** @throws StillroarError `unauthenticated`, `invalid-key`, `invalid-token` and its two special cases */
  authenticate(headers: IncomingHttpHeaders, accounts: Accounts): Promise<Account>;
  /** An error in the vendor's shape. `Retry-After` is added by the server. */
  errorReply(
    error: StillroarError,
    requestId: string,
  ): { status: number; body: unknown; contentType?: string };
  /** Whether a browser that is signed in needs no key here. Default false. */
  takesSessions?: boolean;
  /** The body of a callback, as JSON text, signed with the key that made the task. */
  callback(news: TaskNews, pair: KeyPair, now: Date): string;
}

/** A route for account holders whose body is read by a schema. */
export function accountRoute<Schema extends ZodType>(
  method: Route['method'],
  path: string,
  body: Schema,
  handle: (call: AccountCall<z.output<Schema>>) => Promise<unknown>,
  options: Pick<RouteBase, 'bodyLimit' | 'status' | 'isSecret'> = {},
): Route {
  return {
    ...options,
    method,
    path,
    body,
    access: 'account',
    handle: (call) => handle({ ...call, body: validate(body, call.body) }),
  };
}

/** A route for everybody whose body is read by a schema. */
export function publicRoute<Schema extends ZodType>(
  method: Route['method'],
  path: string,
  body: Schema,
  handle: (call: Call<z.output<Schema>>) => Promise<unknown>,
): Route {
  return {
    method,
    path,
    body,
    access: 'public',
    handle: (call) => handle({ ...call, body: validate(body, call.body) }),
  };
}
