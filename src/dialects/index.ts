import { akool } from './akool/index.ts';
import type { Dialect } from './dialect.ts';
import { kling } from './kling/index.ts';

/** Every API that this server speaks. */
export const dialects: readonly Dialect[] = [akool, kling];
