import type { z } from 'zod';
import type * as replies from '../../../src/dialects/native/replies.ts';
import type { Shot } from '../../../src/picture/direct/shot.ts';
import type { SoundPlan } from '../../../src/sound/index.ts';

// What the server answers, derived from the schemas that its reference is made of.

export type Task = z.output<typeof replies.task>;
export type TaskState = Task['state'];
export type Output = Task['outputs'][number];
export type Upload = z.output<typeof replies.upload>;
export type Estimate = z.output<typeof replies.estimate>;
export type Account = z.output<typeof replies.account>;
export type Model = z.output<typeof replies.models>['items'][number];
export type Effect = z.output<typeof replies.effects>['items'][number];
export type LedgerEntry = z.output<typeof replies.ledger>['items'][number];
export type Key = z.output<typeof replies.keys>['items'][number];
export type Delivery = z.output<typeof replies.deliveries>['items'][number];
export type Made = z.output<typeof replies.made>;

/** A page of a list. */
export interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** What the director and the sound planner chose, as the built-in engine says it; others may say less. */
export interface Plan {
  picture?: Partial<Pick<Shot, 'moves' | 'motions' | 'overlays' | 'grades'>> | null;
  sound?: Partial<Pick<SoundPlan, 'layers' | 'space' | 'seconds'>> | null;
}
