import { describe, expect, test } from 'vitest';
import { direct } from './direct.ts';
import { isUnasked } from './scenery.ts';

const shoot = (prompt: string, negativePrompt = '', extendPrompt = false) =>
  direct({ prompt, negativePrompt, extendPrompt, seed: 1 });
const asked = (prompt: string, negativePrompt = '') => {
  const { motions, overlays, grades } = shoot(prompt, negativePrompt);
  return [...motions, ...overlays, ...grades].filter((wish) => !isUnasked(wish)).map(({ kind }) => kind);
};

describe('what moves', () => {
  test.each([
    ['water flowing over the rocks', ['water']],
    ['waves roll in, clouds drift', ['sea', 'clouds']],
    ['the leaves rustle in the wind', ['plants']],
    ['her hair blows in the wind', ['hair']],
    ['steam rises from the cup', ['steam']],
    ['sunset to night, cold mood', ['dayToNight', 'cold']],
    ['a stormy sea', ['sea']],
    ['a mountain lake', ['lake']],
    ['snow falls', ['snow']],
    ['a steam train in the smoke', ['smoke']],
    ['night falls over the falls', ['waterfall', 'dayToNight']],
    ['grass waves in the wind', ['plants']],
    ['a man waves, the flag waves in the breeze', ['cloth']],
    ['waves on the beach', ['sea']],
    ['the dragon is breathing fire', ['fire']],
    ['mist on a sleeping lake', ['fog', 'lake']],
    ['she is sleeping', ['breathing']],
    ['time holds its breath, a candle burns', ['fire']],
    ['leaves blow off the tree', ['plants', 'leaves']],
    ['colourize the old photo', ['toColour']],
    ['the wheat field ripples like water', ['plants']],
    ['I would like rain', ['rain']],
    ['heat haze over the desert road', ['heatHaze']],
    ['the heat shimmers above the sand', ['heatHaze']],
    ['hot air shimmering over the salt flat', ['heatHaze']],
    ['shimmering heat, morning haze, shimmering stars', ['heatHaze', 'fog', 'twinkle']],
    ['no heat haze, only a fire', ['fire']],
    ['heat waves rise off the asphalt', ['heatHaze']],
    ['a heat wave in town', []],
    ['an aurora dances over the snow', []],
    ['a heavy snowstorm', ['snow']],
    ['the stars twinkle', ['twinkle']],
    ['golden particles float over the product', ['sparkles']],
    ['dust in the light', ['dust']],
    ['a thunderstorm with lightning', ['lightning']],
    ['a lightning bug', []],
    ['slow push in', []],
    ['she waves at the camera and leaves the room', []],
    ['seafood on a plate, a water bottle', []],
    ['no clouds, only grass', ['plants']],
    ['without any water or clouds', []],
    ['rain over the lake', ['lake', 'rain']],
    ['falling leaves, the trees sway', ['plants', 'leaves']],
    ['no heavy rain or snow', []],
    ['snow covered mountains', []],
    ['cherry blossom petals and sun rays', ['petals', 'lightRays']],
    ['day turns to night', ['dayToNight']],
    ['black and white to color', ['toColour']],
    ['a black and white street', ['blackAndWhite']],
  ])('%s', (prompt, kinds) => {
    expect(asked(prompt)).toEqual(kinds);
  });

  test.each([
    ['clouds drift to the left', 'left'],
    ['clouds drift from left to right', 'right'],
    ['clouds drift from the right', 'left'],
    ['clouds drift right to left', 'left'],
    ['clouds drift rightwards', 'right'],
  ] as const)('%s', (prompt, direction) => {
    expect(shoot(prompt).motions[0]).toMatchObject({ kind: 'clouds', direction });
  });

  test('a hint moves what is there, and nobody is told of what is not', () => {
    const { motions } = shoot('a strong wind');
    expect(motions.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['plants', 'hair']));
    expect(motions.every(isUnasked)).toBe(true);
    expect(shoot('wind in the grass').motions.find(({ kind }) => kind === 'plants')!.why).toBe(
      'prompt: "grass"',
    );
  });

  test('the negative prompt takes it away', () => {
    expect(asked('water and clouds', 'clouds, blur')).toEqual(['water']);
  });

  test.each([
    ['a gentle river', 0.25],
    ['a river', 0.5],
    ['a raging river', 1],
    ['the river flows gently', 0.25],
    ['fast zoom in, a river', 0.5],
  ])('words of force beside it make it strong or gentle: %s', (prompt, strength) => {
    expect(shoot(prompt).motions[0]!.strength).toBeCloseTo(strength, 2);
  });

  test('says which words chose it', () => {
    expect(shoot('slow pan left, heavy waves roll in').motions[0]!.why).toBe('prompt: "heavy waves"');
  });

  test('a prompt that names nothing gets what moves by itself, gently; one that names something does not', () => {
    const plain = shoot('slow push in').motions;
    expect(plain.length).toBeGreaterThan(0);
    for (const wish of plain) expect(isUnasked(wish) && wish.strength < 0.4).toBe(true);
    expect(shoot('water').motions.map(({ kind }) => kind)).toEqual(['water']);
    expect(shoot('water', '', true).motions.length).toBeGreaterThan(1);
    expect(shoot('slow push in', 'motion').motions).toEqual([]);
    for (const still of ['nothing else moves', 'everything else stays frozen', 'no other movement']) {
      expect(shoot(`slow push in, ${still}`).motions, still).toEqual([]);
      expect(
        shoot(`the river flows, ${still}`).motions.map(({ kind }) => kind),
        still,
      ).toEqual(['water']);
    }
    expect(shoot('slow push in', 'clouds').motions.map(({ kind }) => kind)).not.toContain('clouds');
  });
});
