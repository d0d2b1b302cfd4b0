import { type Grade, plain } from './grade.ts';

/** Black and white throughout. */
export const blackAndWhite: Grade = {
  kind: 'blackAndWhite',
  phrases: 'black and white,monochrome,greyscale,grayscale,noir'.split(','),
  create: () => () => ({ ...plain, saturation: 0, contrast: 1.06 }),
};
