/**
 * What can go wrong on purpose in test mode, so that an integrator sees how a client takes it. The same fault does the
 * same thing each time, on every dialect:
 * `fail` refuses nothing, and the task fails as soon as it is begun; `slow` lets the work begin ten seconds late;
 * `queue-full` refuses the creation as a full queue does; `maintenance` refuses every request;
 * `webhook-500` counts the first attempt of each of the task's callbacks as answered with status 500.
 */
export const faults = ['fail', 'slow', 'queue-full', 'maintenance', 'webhook-500'] as const;

/** One of {@link faults}. */
export type Fault = (typeof faults)[number];

/** How late the work of a `slow` task begins, in ms. */
export const SLOW_START = 10_000;
