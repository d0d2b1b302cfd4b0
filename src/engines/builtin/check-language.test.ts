import { expect, test } from 'vitest';
import { checkLanguage } from './check-language.ts';

test.each([
  '海浪拍打着岩石',
  'волны и чайки',
  '波の音 🌊',
  'أمواج البحر',
  'Sanfter Schnee fällt auf das Haus',
  'le vent dans ses cheveux',
  "les vagues s'écrasent sur les rochers",
  'las hojas se mueven con el viento',
  'il vento soffia nel bosco',
])('says that it does not read: %s', (prompt) => {
  expect(checkLanguage({ prompt }).map(({ code }) => code)).toEqual(['prompt-not-read']);
});

test.each([
  '',
  '🌊 !!',
  '16:9',
  'waves 海浪',
  'olas del mar',
  'Las Vegas, el Paso at night',
  'sad piano, slow zoom in',
  'En Vogue con brio, a jazz concert',
  'une petite maison with smoke',
])('says nothing about: %s', (prompt) => {
  expect(checkLanguage({ prompt })).toEqual([]);
});

test('a plan needs no words', () => {
  expect(checkLanguage({ prompt: '海浪', plan: { picture: {} } })).toEqual([]);
});
