import { en } from './en.ts';

/** The language of the studio, for numbers and dates. */
export const language = 'en';

/** Every sentence of the studio. */
export const text = en;
