import { smoothstep } from '../pixels/smoothstep.ts';
import { type Grade, plain } from './grade.ts';

/** Begins in black and white and ends in colour. */
export const toColour: Grade = {
  kind: 'toColour',
  phrases: [
    'black and white to color,black and white to colour,black and white into color,black and white into colour',
    'becomes colorful,becomes colourful,turns to color,turns to colour,color appears,colour appears,colorize,colourise,colourize,colorise',
  ]
    .join(',')
    .split(','),
  create:
    () =>
    ({ progress }) => ({ ...plain, saturation: smoothstep(0.12, 0.85, progress) }),
};
