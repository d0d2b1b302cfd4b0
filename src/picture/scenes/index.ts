import { abstract } from './places/abstract.ts';
import { aurora } from './places/aurora.ts';
import { campfire } from './places/campfire.ts';
import { city } from './places/city.ts';
import { desert } from './places/desert.ts';
import { fireplace } from './places/fireplace.ts';
import { forest } from './places/forest.ts';
import { lake } from './places/lake.ts';
import { meadow } from './places/meadow.ts';
import { mountains } from './places/mountains.ts';
import { nightSky } from './places/night-sky.ts';
import { river } from './places/river.ts';
import { sea } from './places/sea.ts';
import { sky } from './places/sky.ts';
import { snow } from './places/snow.ts';
import { space } from './places/space.ts';
import { street } from './places/street.ts';
import { underwater } from './places/underwater.ts';
import { waterfall } from './places/waterfall.ts';
import type { Scene } from './scene.ts';

/**
 * Every scene that can be painted. A new one is a file in `places/` and a line here. Where a prompt names several, the
 * first of them is painted: what is special stands before what is common, what holds other places before those.
 */
export const scenes: readonly Scene[] = [
  underwater,
  space,
  aurora,
  fireplace,
  campfire,
  waterfall,
  street,
  city,
  sea,
  river,
  lake,
  desert,
  snow,
  forest,
  meadow,
  mountains,
  nightSky,
  sky,
  abstract,
];
