import { towards } from './over-time.ts';

/** Colder light. */
export const cold = towards(
  'cold',
  'cold light,cold lighting,cold tone,cool tone,cold color,cold colour,colder,icy light,cool light,blue hour,cold mood,cold atmosphere,cold blue,cool mood,chilly light,moonlight,moonlit',
  { exposure: 0.95, saturation: 0.92, blue: 11, red: -7 },
);
