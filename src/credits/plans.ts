import { StillroarError } from '../errors.ts';

/** What an account may do. */
export type PlanName = 'free' | 'pro' | 'studio';

interface PlanLimits {
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
      {
        field: 'premium',
      },
    );
  }
}
