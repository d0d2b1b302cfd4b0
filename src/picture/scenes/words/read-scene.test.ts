import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { scenes } from '../index.ts';
import { findSubjects, readScene } from './read-scene.ts';

const read = (prompt: string) => readScene(prompt, scenes)?.plan;

describe('finds the place', () => {
  test.each([
    ['Ocean waves crashing on shore', 'sea'],
    ['Still lake reflecting snow-capped mountains', 'lake'],
    ['Coral reefs under the sea', 'underwater'],
    ['Leaves of autumn', 'forest'],
    ['Cities at night', 'city skyline'],
    ['Rain over an alley', 'rainy street'],
    ['Northern Lights above a forest', 'aurora'],
    ['It is raining', 'sky'],
    ['Snow falls softly', 'snow field'],
    ['A stream trickles over rocks in the forest', 'river'],
    ['Flowing colors, abstract', 'abstract colour'],
  ])('%s → %s', (prompt, scene) => {
    expect(read(prompt)?.scene).toBe(scene);
  });

  test('takes the longest phrase: a sea floor is no sea', () => {
    expect(read('the sea floor')?.scene).toBe('underwater');
    expect(read('a sea of grass on the prairie')?.scene).toBe('sea');
  });

  test('reads whole words only', () => {
    expect(read('seasoned streetwise forestry')).toBeUndefined();
    expect(read('an overseas skylight')).toBeUndefined();
  });

  test('paints weather alone, but not beside an unknown thing', () => {
    expect(read('heavy rain and thunder')?.scene).toBe('sky');
    expect(read('a teapot in heavy rain')).toBeUndefined();
    expect(read('a robot in heavy rain')).toBeUndefined();
  });
});

describe('denials', () => {
  test.each([
    ['a beach with no people', []],
    ['a beach without people or dogs', []],
    ['a beach, no people, cars or buildings', []],
    ['a beach free of people', []],
    ['a beach with people', ['people']],
    ['no clouds, but a dog on the beach', ['dog']],
    ['a cat and no dog', ['cat']],
  ])('%s', (prompt, subjects) => {
    expect(findSubjects(prompt, scenes)).toEqual(subjects);
  });

  test('clears the sky', () => {
    expect(read('a meadow without clouds')?.weather).toBe('clear');
    expect(read('a cloud-free meadow')?.weather).toBe('clear');
    expect(read('a meadow')?.weather).toBe('cloudy');
  });

  test('does not name a place', () => {
    expect(read('no beach')).toBeUndefined();
  });
});

describe('slots', () => {
  test('reads time, weather, season, mood and features with the words that chose them', () => {
    const plan = read('A calm winter lake in fog at dawn, moody, birds')!;
    expect(plan).toMatchObject({
      scene: 'lake',
      time: 'dawn',
      weather: 'fog',
      season: 'winter',
      mood: ['calm', 'gloomy'],
      features: ['birds'],
    });
    expect(plan.why).toContain('weather fog: "fog"');
  });

  test('the strongest weather counts', () => {
    expect(read('sea, clouds and lightning')?.weather).toBe('storm');
  });

  test('heat haze is no fog', () => {
    expect(read('a desert in heat haze')?.weather).toBe('clear');
    expect(read('a desert in haze')?.weather).toBe('fog');
  });

  test('dull weather makes it day unless the words say otherwise', () => {
    expect(read('a rainy beach')?.time).toBe('day');
    expect(read('a rainy beach at sunset')?.time).toBe('sunset');
  });

  test('gives each colour to the region that follows it', () => {
    const plan = read('Pink and purple sky over a turquoise lake with golden leaves')!;
    expect(plan.palette.map(({ name, region }) => `${name} ${region}`)).toEqual([
      'pink sky',
      'purple sky',
      'turquoise water',
      'golden foliage',
    ]);
    expect(read('abstract colours in teal')?.palette).toMatchObject([{ name: 'teal', region: 'all' }]);
  });

  test('says which words it did not read', () => {
    expect(read('a beach with a gazebo')?.why).toContain('not painted: "gazebo"');
  });
});

test('answers everyday prompts: paints places, leaves persons, animals, things out', () => {
  const file = new URL('../../../../bench/prompts/text-to-video.txt', import.meta.url);
  const prompts = readFileSync(file, 'utf8').trim().split('\n');
  const placed = prompts.filter((prompt) => read(prompt));
  const painted = placed.filter((prompt) => findSubjects(prompt, scenes).length === 0);
  console.log(
    `of ${prompts.length} everyday prompts ${painted.length} are painted, ${placed.length - painted.length} in part`,
  );
  expect(prompts.length).toBe(100);
  expect(painted.length).toBeGreaterThanOrEqual(75);
  for (const prompt of painted)
    expect(prompt).not.toMatch(/\b(dog|cat|man|woman|car|chef|robot|lion|baby|text)\b/i);
});
