import { breathing } from './breathing.ts';
import { cloth } from './cloth.ts';
import { clouds } from './clouds.ts';
import { fire } from './fire.ts';
import { fog } from './fog.ts';
import { hair } from './hair.ts';
import { heatHaze } from './heat-haze.ts';
import { lake } from './lake.ts';
import type { Motion } from './motion.ts';
import { plants } from './plants.ts';
import { sea } from './sea.ts';
import { smoke } from './smoke.ts';
import { steam } from './steam.ts';
import { water } from './water.ts';
import { waterfall } from './waterfall.ts';

/** Every motion. A new one is one file and one line here: see docs/add-a-motion.md. */
export const motions: readonly Motion[] = [
  water,
  sea,
  lake,
  waterfall,
  clouds,
  smoke,
  steam,
  fog,
  fire,
  heatHaze,
  hair,
  cloth,
  plants,
  breathing,
];
