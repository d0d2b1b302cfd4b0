import { StillroarError } from '../errors.ts';

/** What an account may do. */
export type PlanName = 'free' | 'pro' | 'studio';

/** Every plan, the smallest first. */
export const planNames: readonly PlanName[] = ['free', 'pro', 'studio'];

/** How many tasks that are not finished an account may have, unless the operator says otherwise. */
export const defaultTasksAtOnce: Record<PlanName, number> = { free: 2, pro: 10, studio: 50 };

/** What tasks an account of a plan may make. */
export interface PlanLimits {
  /** Longest video in seconds. */
  seconds: number;
  /** Whether its tasks may go first in the queue. */
  premium: boolean;
}

const plans: Record<PlanName, PlanLimits> = {
  free: { seconds: 5, premium: false },
  pro: { seconds: 10, premium: true },
  studio: { seconds: 10, premium: true },
};

/** What a plan allows. */
export function limitsOf(plan: PlanName): PlanLimits {
  return plans[plan];
}

/** @throws StillroarError `plan-too-small` when the plan does not include what is asked for */
export function checkPlan(plan: PlanName, wanted: { seconds: number; premium: boolean }): void {
  const limits = plans[plan];
  if (wanted.seconds > limits.seconds) {
    throw new StillroarError(
      'plan-too-small',
      `The plan ${plan} makes videos of up to ${limits.seconds} seconds; ${wanted.seconds} seconds need pro or studio.`,
      { field: 'seconds' },
    );
  }
  if (wanted.premium && !limits.premium) {
    throw new StillroarError(
      'plan-too-small',
      `The premium queue needs pro or studio; this plan is ${plan}.`,
      { field: 'premium' },
    );
  }
}

/** Seconds after which a refused account is told to try again: about as long as a short video takes. */
const RETRY_SECONDS = 5;

/** @throws StillroarError `too-many-requests` when so many unfinished tasks are all that the plan allows */
export function checkTasksAtOnce(plan: PlanName, open: number, limits: Record<PlanName, number>): void {
  if (open < limits[plan]) return;
  throw new StillroarError(
    'too-many-requests',
    `The plan ${plan} has at most ${limits[plan]} tasks queued or processing at a time. ` +
      'Wait until one is finished.',
    { retryAfterSeconds: RETRY_SECONDS },
  );
}
