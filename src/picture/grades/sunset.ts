import { towards } from './over-time.ts';

/** The sun goes down: golden, then a little darker. */
export const sunset = towards(
  'sunset',
  'turns to sunset,into sunset,sun sets,sun setting,sun goes down,golden hour,sunset light,sunset colors,sunset colours,sunset glow,day to sunset,afternoon to sunset,sunset mood',
  { exposure: 0.8, contrast: 1.06, saturation: 1.2, blue: -20, red: 14 },
);
