import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TaskKind } from '../engines/engine.ts';
import { StillroarError } from '../errors.ts';

/** What the operator's policy judges: the words of a request, and whose it is. */
export interface ReviewedRequest {
  kind: TaskKind;
  prompt: string;
  negativePrompt: string;
  soundPrompt: string;
  musicPrompt: string;
  /** The account's uid. */
  account: number;
}

/** What a policy answers: `{ allow: true }`, or a sentence for the caller. */
export type Verdict = { allow: true } | { refuse: string };

/** The operator's own judgement of requests, asked before anything is charged. */
export type Review = (request: ReviewedRequest) => Verdict | Promise<Verdict>;

/**
 * Loads the operator's policy: a module that exports `review`.
 * @throws StillroarError `configuration` when there is none
 */
export async function loadPolicy(path: string): Promise<Review> {
  const wrong = (what: string, cause?: unknown) =>
    new StillroarError('configuration', `The policy ${path} ${what}.`, { cause });
  const module: { review?: unknown } = await import(pathToFileURL(resolve(path)).href).catch((cause) => {
    throw wrong(`cannot be loaded: ${cause instanceof Error ? cause.message : cause}`, cause);
  });
  const { review } = module;
  if (typeof review !== 'function') throw wrong('must export a function named review');
  return review as Review;
}

/**
 * Asks the policy. What is neither of its two answers refuses as well: a policy with a defect lets nothing through.
 * @throws StillroarError `content-refused` with the policy's reason
 */
export async function insistOnPolicy(review: Review, request: ReviewedRequest): Promise<void> {
  const verdict: Partial<{ allow: unknown; refuse: unknown }> = await review(request);
  if (verdict?.allow === true) return;
  const reason = typeof verdict?.refuse === 'string' ? verdict.refuse : 'The request was not allowed.';
  throw new StillroarError('content-refused', reason, { field: 'prompt' });
}
