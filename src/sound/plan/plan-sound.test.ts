import { describe, expect, test } from 'vitest';
import { findSound } from '../sounds/index.ts';
import { lexicon } from './lexicon.ts';
import { planSound } from './plan-sound.ts';
import type { SoundLayer, SoundPlan, SoundRequest } from './sound-plan.ts';

function plan(prompt: string, more: Partial<SoundRequest> = {}): SoundPlan {
  return planSound({ prompt, soundPrompt: '', musicPrompt: '', seconds: 10, seed: 1, ...more });
}

/** Names and variants of what a plan holds beside the air. */
function heard(prompt: string, more: Partial<SoundRequest> = {}): string[] {
  return plan(prompt, more)
    .layers.slice(1)
    .map((layer) => (layer.kind === 'music' ? 'music' : layer.generator));
}

function layer(prompt: string, generator: string, more: Partial<SoundRequest> = {}): SoundLayer {
  const found = plan(prompt, more).layers.find((candidate) => candidate.generator === generator);
  if (found === undefined) throw new Error(`“${prompt}” has no ${generator}`);
  return found;
}

describe('finds what is there to be heard', () => {
  test.each([
    ['Waves crash against the rocks while seagulls cry', ['ocean', 'gulls']],
    ['A quiet beach at sunset', ['ocean']],
    ['A man walks on gravel', ['footsteps']],
    ['Birds chirp softly in the distance', ['birds']],
    ['Heavy rain and thunder', ['rain', 'thunder']],
    ['a crackling campfire under the stars with crickets', ['fire', 'insects']],
    ['busy street in Tokyo with traffic', ['city']],
    ['People talk in a crowded restaurant', ['crowd']],
    ['the wind howls around the house', ['wind']],
    ['a babbling brook in the forest', ['stream']],
    ['a glass shatters on the floor', ['impact']],
    ['Somebody knocks on a wooden door', ['impact']],
    ['a spaceship whooshes past', ['whoosh']],
    ['a thunderstorm over the city', ['rain', 'thunder', 'city']],
    ['a cake being sliced', ['knife']],
    ['a dog barks at a passing train', ['dog', 'train']],
    ['the horse gallops and neighs', ['horse']],
    ['a helicopter lands', ['helicopter']],
    ['bacon sizzles in the frying pan', ['sizzling']],
    ['a woman laughs, people applaud', ['applause', 'laughter']],
    ['the church bell tolls while crows caw', ['bell', 'crow']],
    ['fireworks over the harbor', ['fireworks']],
    ['a race car drives past, tires screech', ['passing', 'skid']],
    ['she types on a keyboard, a clock ticks', ['clock', 'keyboard']],
  ])('%s', (prompt, expected) => {
    expect(heard(prompt).sort()).toEqual([...expected].sort());
  });
});

describe('is not misled', () => {
  test.each([
    ['an electronic billboard flickers', []],
    ['dynamic camera movement', []],
    ['the camera clicks into place as it pans left over the bank', []],
    ['slow cinematic zoom in, shallow depth of field', []],
    ['crash zoom on her face, whip pan', []],
    ['tracking shot, sweeping camera, handheld', []],
    ['a woman waves at the camera', []],
    ['she waves goodbye and smiles', []],
    ['sunlight streams through the window', []],
    ['a rainbow over a white house', []],
    ["bird's eye view of a desert", []],
    ['a sea of people', []],
    ['tears run down her face', []],
    ['slow motion portrait of a girl, hair flowing', []],
    ['cut to a close-up of the product', []],
    ['a lightning fast edit', []],
    ['the drone flies over the valley', []],
    ['rotating 360 view of a sneaker', []],
    ['a happy dog looks at the camera', []],
    ['a child blows a kiss', []],
    ['shooting stars in the sky', []],
    ['a wedding ring on her ring finger', []],
    ['rolling hills at golden hour', []],
    ['hyper-realistic photo shoot of a woman in a red dress', []],
    ['an explosion of colors', []],
    ['', []],
  ])('%s', (prompt, expected) => {
    expect(heard(prompt)).toEqual(expected);
  });

  test('a katana is heard as blade and blow, one after the other', () => {
    for (const prompt of ['a samurai swings his katana', 'a katana']) {
      expect(heard(prompt).sort()).toEqual(['impact', 'whoosh']);
      const sweep = layer(prompt, 'whoosh');
      const blow = layer(prompt, 'impact');
      expect(sweep).toMatchObject({ parameters: { variant: 'blade' } });
      if (sweep.kind !== 'event' || blow.kind !== 'event') throw new Error('not events');
      expect(blow.events[0]!.time - sweep.events[0]!.time).toBeCloseTo(0.12, 3);
    }
    expect(layer('a katana', 'impact')).toMatchObject({ parameters: { variant: 'metal' } });
  });
});

describe('counts and orders', () => {
  const eventsOf = (prompt: string, generator: string) => {
    const found = layer(prompt, generator);
    if (found.kind !== 'event') throw new Error('not an event');
    return found.events;
  };

  test.each([
    ['three knocks on a wooden door', 'impact', 3],
    ['he knocks twice', 'impact', 2],
    ['a single gunshot', 'gun', 1],
    ['a bell rings five times', 'bell', 5],
    ['two loud explosions', 'explosion', 2],
    ['two explosions, four gunshots', 'gun', 4],
  ])('%s: %s is heard %i times', (prompt, generator, count) => {
    expect(eventsOf(prompt, generator).length).toBe(count);
  });

  test('what comes later begins later, and nothing falls outside the clip', () => {
    const prompt = 'a dog barks, then thunder, followed by heavy rain';
    const starts = ['dog', 'thunder', 'rain'].map((generator) => layer(prompt, generator).start);
    expect(starts[0]).toBe(0);
    expect(starts[1]).toBeCloseTo(10 / 3);
    expect(starts[2]).toBeCloseTo(20 / 3);
    expect(eventsOf(prompt, 'dog').every(({ time }) => time < 10 / 3)).toBe(true);
    for (const { start, duration } of plan(prompt).layers) expect(start + duration).toBeCloseTo(10);
  });

  test('words without sounds do not push the others back', () => {
    expect(layer('she smiles and then the wind howls', 'wind').start).toBe(0);
  });
});

describe('hears where it is', () => {
  test.each([
    ['a choir sings in a cathedral', 'hall'],
    ['footsteps in the forest', 'forest'],
    ['a clock ticks in a small room', 'room'],
    ['traffic in the street', 'street'],
    ['waves', 'open'],
    // Nobody says where: a keyboard stands in a room, unless something of outdoors is heard too.
    ['somebody types on a keyboard', 'room'],
    ['somebody types on a keyboard, birds sing', 'open'],
    ['somebody types on a keyboard in the street', 'street'],
  ])('%s: %s', (prompt, space) => {
    expect(plan(prompt).space).toBe(space);
  });
});

describe('reads how', () => {
  test('gentle is quieter and softer, heavy louder and stronger', () => {
    const gentle = layer('gentle rain', 'rain');
    const heavy = layer('it rains heavily', 'rain');
    expect(gentle).toMatchObject({ parameters: { intensity: 0.2 }, gainDecibels: -4 });
    expect(heavy).toMatchObject({ parameters: { intensity: 0.92 }, gainDecibels: 3 });
  });

  test('a modifier belongs to the sound that it stands beside', () => {
    expect(layer('heavy rain and gentle wind', 'wind')).toMatchObject({ parameters: { intensity: 0.2 } });
    expect(layer('heavy rain and gentle wind', 'rain')).toMatchObject({ parameters: { intensity: 0.92 } });
  });

  test('the camera’s haste is not the sea’s', () => {
    expect(layer('fast camera pan over the ocean', 'ocean')).toMatchObject({ parameters: { pace: 0.5 } });
  });

  test('distance, number and pace', () => {
    expect(layer('thunder in the distance', 'thunder').distance).toBe(0.75);
    expect(layer('a few birds', 'birds')).toMatchObject({ parameters: { density: 0.12 } });
    expect(layer('quick footsteps', 'footsteps')).toMatchObject({ parameters: { pace: 0.95 } });
  });

  test.each([
    ['footsteps in the snow', 'footsteps', 'snow'],
    ['he walks through autumn leaves', 'footsteps', 'leaves'],
    ['she runs along the beach', 'footsteps', 'sand'],
    ['rain on a tin roof', 'rain', 'roof'],
    ['a mighty waterfall', 'stream', 'waterfall'],
    ['wind in the trees', 'wind', 'leaves'],
    ['a hammer strikes an anvil', 'impact', 'metal'],
    ['cars pass on the highway, city', 'city', 'traffic'],
  ])('%s: %s is %s', (prompt, generator, variant) => {
    expect(layer(prompt, generator)).toMatchObject({ parameters: { variant } });
  });
});

describe('denial', () => {
  test.each([
    ['a beach without gulls', ['ocean']],
    ['no birds, gentle wind', ['wind']],
    ['rain, no thunder and no music', ['rain']],
    ['forest without birds and wind', []],
    ["don't add birds", []],
  ])('%s', (prompt, expected) => {
    expect(heard(prompt)).toEqual(expected);
  });
});

describe('which words count', () => {
  test('the sound prompt wins over the prompt', () => {
    expect(heard('waves on the beach', { soundPrompt: 'birdsong' })).toEqual(['birds']);
    expect(heard('waves on the beach', { soundPrompt: '  ' })).toEqual(['ocean']);
  });

  test('weak words count where everything is about sound', () => {
    expect(heard('waves')).toEqual([]);
    expect(heard('', { soundPrompt: 'waves' })).toEqual(['ocean']);
  });

  test('a layer says why it is there', () => {
    expect(layer('Seagulls cry', 'gulls').why).toBe('prompt: “seagulls cry”');
    expect(layer('', 'gulls', { soundPrompt: 'gulls' }).why).toBe('sound prompt: “gulls”');
  });
});

describe('music', () => {
  test.each([
    ['upbeat electronic music', { genre: 'electronic', mood: 'happy' }],
    ['sad piano music', { genre: 'cinematic', mood: 'sad', lead: 'piano' }],
    ['epic cinematic soundtrack', { genre: 'cinematic', mood: 'epic' }],
    ['calm ambient music', { genre: 'ambient', mood: 'calm' }],
    ['a happy acoustic guitar song', { genre: 'acoustic', mood: 'happy', lead: 'guitar' }],
    ['dark horror music', { genre: 'horror', mood: 'tense' }],
    ['smooth jazz music', { genre: 'jazz' }],
    ['energetic rock music', { genre: 'rock' }],
    ['retro chiptune music', { genre: 'chiptune' }],
    ['triumphant orchestral music', { genre: 'orchestral', mood: 'epic' }],
    ['chill lofi music', { genre: 'lofi', mood: 'calm' }],
    ['tense music without drums', { mood: 'tense', drums: false }],
  ])('%s', (prompt, parameters) => {
    expect(layer(prompt, 'music')).toMatchObject({ parameters });
  });

  test('is there only when words ask for it', () => {
    expect(heard('a happy dog in an electronic store, cinematic')).toEqual([]);
    expect(heard('a girl with a guitar')).toEqual([]);
    expect(heard('rain, no music')).toEqual(['rain']);
  });

  test.each([
    ['leaves blow off the tree, sad piano', { genre: 'cinematic', mood: 'sad', lead: 'piano' }],
    ['the coffee steams, jazz in the background', { genre: 'jazz' }],
    ['a busker, the guitar plays', { genre: 'acoustic', lead: 'guitar' }],
  ])('is heard in a prompt for the picture, too: "%s"', (prompt, parameters) => {
    expect(layer(prompt, 'music')).toMatchObject({ parameters });
  });

  test.each(['a woman sits at the piano', 'a jazz club at night', 'soft string lights'])(
    'is no music because an instrument stands there: "%s"',
    (prompt) => {
      expect(heard(prompt)).not.toContain('music');
    },
  );

  test('the music prompt adds it, and can refuse it', () => {
    expect(heard('waves crash on the shore', { musicPrompt: 'dreamy pads' })).toEqual(['ocean', 'music']);
    expect(heard('rain', { musicPrompt: 'none' })).toEqual(['rain']);
    expect(heard('rain', { musicPrompt: 'no music please' })).toEqual(['rain']);
  });
});

describe('what the picture shows', () => {
  const events = [
    { kind: 'move' as const, time: 1, strength: 0.6, pan: 0.2 },
    { kind: 'hit' as const, time: 3, strength: 1, pan: 0 },
  ];

  test('words that name no sound give air alone, and a whoosh where the camera moves', () => {
    expect(plan('she smiles').layers.map(({ generator }) => generator)).toEqual(['air']);
    const moved = layer('she smiles', 'whoosh', { events });
    expect(moved).toMatchObject({ events: [{ time: 1, strength: 0.6, pan: 0.2 }], why: 'the camera moves' });
  });

  test('blows that the words name fall when the picture shows them', () => {
    expect(layer('a hammer hits an anvil', 'impact', { events })).toMatchObject({ events: [{ time: 3 }] });
  });

  test('a scene that is clear enough is heard where no words help, and never against them', () => {
    const scene = { generator: 'ocean', confidence: 0.8, why: 'moving water below a horizon' };
    expect(layer('she smiles', 'ocean', { scene }).why).toBe('picture: moving water below a horizon');
    expect(heard('she smiles', { scene: { ...scene, confidence: 0.4 } })).toEqual([]);
    expect(heard('a campfire crackles', { scene })).toEqual(['fire']);
  });

  test('a camera move adds nothing to a plan that has sounds', () => {
    expect(heard('waves crash on the shore', { events })).toEqual(['ocean']);
  });
});

test('plans are plain JSON, and the same for the same request', () => {
  const first = plan('a man walks on gravel in the wind, sad piano music');
  expect(JSON.parse(JSON.stringify(first))).toEqual(first);
  expect(plan('a man walks on gravel in the wind, sad piano music')).toEqual(first);
});

test('the lexicon names sounds and variants that exist', () => {
  for (const entry of lexicon) {
    const sound = findSound(entry.generator);
    expect(sound, entry.generator).toBeDefined();
    for (const variant of Object.keys(entry.variants ?? {})) expect(sound!.variants).toContain(variant);
  }
});
