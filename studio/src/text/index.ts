import { en, type Text } from './en.ts';
import { readLanguage } from './language.ts';

/** The language of the studio, for numbers and dates too. */
export const language = readLanguage();

/** Every sentence of the studio. Other languages than English are loaded by those who read them. */
export const text: Text = language === 'zh-Hans' ? (await import('./zh.ts')).zh : en;
