import { towards } from './over-time.ts';

/** Day breaks: lighter and a little warm. */
export const nightToDay = towards(
  'nightToDay',
  'night to day,night turns to day,night into day,day breaks,dawn breaks,sunrise,sun rises,gets brighter,getting brighter,dawn to day,night to morning,sunrise to day,dark to light',
  { exposure: 1.7, saturation: 1.12, blue: -6, red: 4 },
);
