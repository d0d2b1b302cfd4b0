import { towards } from './over-time.ts';

/** Dusk falls: dark, blue, with little colour. */
export const dayToNight = towards(
  'dayToNight',
  'day to night,day turns to night,day into night,turns to night,turns into night,night falls,nightfall,becomes night,dusk falls,getting dark,it gets dark,sunset to night,dusk to night,evening to night,darkness falls,grows dark,gets darker',
  { exposure: 0.36, contrast: 1.04, saturation: 0.6, blue: 13, red: -8 },
);
