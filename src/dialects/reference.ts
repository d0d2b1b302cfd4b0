import type { ZodType } from 'zod';

/** What the reference says about a route, beside what its code says: the path and the schema of the body. */
export interface RouteReference {
  /** A few words. */
  summary: string;
  /** Sentences, where the summary is not enough. */
  description?: string;
  /** The parameters behind the question mark. */
  query?: ZodType;
  /** A successful answer; undefined when nothing is sent. */
  reply?: ZodType;
  examples?: { body?: unknown; reply?: unknown };
}

/** A route that is more than JSON in and JSON out, and so is no route of the dialect's array. */
export interface SpecialRoute extends RouteReference {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  status: number;
  /** Types of the body that it takes, each with what stands in it. */
  bodies?: Record<string, object>;
  /** Type of the answer when it is not JSON. */
  replyType?: string;
}

/** What the reference says about a dialect. */
export interface DialectReference {
  title: string;
  description: string;
  /** By method and path as in its routes: `POST /api/v1/tasks`. Every route has an entry. */
  routes: Record<string, RouteReference>;
  specials?: readonly SpecialRoute[];
  error: { schema: ZodType; example: unknown };
  /** What is posted to a task's callback URL. */
  callback: { description: string; schema: ZodType; example: unknown };
}
