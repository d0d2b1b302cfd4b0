import { createBuiltinEngine } from './builtin/index.ts';
import type { Engine } from './engine.ts';

/** Every engine, in the order in which they are asked. A new engine is one folder and one line here. */
export function createEngines(): Engine[] {
  return [createBuiltinEngine()];
}
