import { akool } from './akool/index.ts';
import type { Dialect } from './dialect.ts';
import { kling } from './kling/index.ts';
import { native } from './native/index.ts';
import { openai } from './openai/index.ts';

/** Every API that this server speaks. */
export const dialects: readonly Dialect[] = [native, akool, kling, openai];
