import { describe, expect, test } from 'vitest';
import { type Brief, direct } from './direct.ts';
import type { CameraMove } from './shot.ts';

const shoot = (prompt: string, more: Partial<Brief> = {}) =>
  direct({ prompt, negativePrompt: '', extendPrompt: false, seed: 1, ...more }).moves;

/** `pan left 0.3`, with the span in per cent when it is not the whole, and the easing when it is not `ease`. */
function describeMove({ kind, direction, strength, span, easing }: CameraMove): string {
  const percent = span.map((share) => Math.round(share * 100));
  return [
    kind,
    direction ?? '',
    strength === 0.5 || kind === 'static' ? '' : Number(strength.toFixed(2)),
    easing === 'ease' ? '' : easing,
    percent[0] === 0 && percent[1] === 100 ? '' : `${percent[0]}–${percent[1]} %`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

const summary = (moves: CameraMove[]) => moves.map(describeMove).join(', ');
const isDefault = (moves: CameraMove[]) => moves.every(({ why }) => why.startsWith('default'));

describe('one movement', () => {
  test.each([
    ['pan to the right', 'pan right'],
    ['camera pans from left to right', 'pan right'],
    ['right-to-left pan', 'pan left'],
    ['leftward pan', 'pan left'],
    ['pan the camera to the left', 'pan left'],
    ['The camera slowly pans left across the busy street', 'pan left 0.3'],
    ['whip pan right', 'pan right 1 sudden'],
    ['steady pan left at a constant speed', 'pan left linear'],
    ['pan up to the sky', 'tilt up'],
    ['The camera tilts down gently', 'tilt down 0.25'],
    ['tilt the view up', 'tilt up'],
    ['zoom in', 'zoom in'],
    ['ZOOM IN!!!', 'zoom in'],
    ['slowly zooms in on her face', 'zoom in 0.3'],
    ['zoom in very slowly', 'zoom in 0.18'],
    ['sudden dramatic zoom in', 'zoom in 1 sudden'],
    ['crash zoom', 'zoom in 1 sudden'],
    ['sunset over the sea, zoom out', 'zoom out'],
    ['zoom in on the left side of the picture', 'zoom in'],
    ['dolly in', 'dolly in'],
    ['slow push-in on the old house', 'dolly in 0.3'],
    ['pull back to reveal the valley', 'dolly out'],
    ['dolly out quickly', 'dolly out 0.85'],
    ['move closer to the house', 'dolly in'],
    ['we slowly move forward', 'dolly in 0.3'],
    ['camera slowly moving backwards', 'dolly out 0.3'],
    ['backward tracking shot through the hall', 'dolly out'],
    ['fly over the city', 'dolly in'],
    ['the camera moves down the street', 'dolly in'],
    ['FPV drone flies forward through the canyon', 'dolly in'],
    ['truck left', 'truck left'],
    ['a smooth tracking shot to the left', 'truck left'],
    ['slide left', 'truck left'],
    ['dolly left around the table', 'truck left'],
    ['pedestal up', 'pedestal up'],
    ['boom down', 'pedestal down'],
    ['crane shot of a village', 'pedestal up'],
    ['the camera rises above the trees', 'pedestal up'],
    ['orbit left', 'orbit left'],
    ['arc shot to the right', 'orbit right'],
    ['camera circles around the tower clockwise', 'orbit left'],
    ['circle around the statue counter-clockwise', 'orbit right'],
    ['roll clockwise', 'roll clockwise'],
    ['roll clockwise, neon light', 'roll clockwise'],
    ['the camera rolls to the left', 'roll counterclockwise'],
    ['handheld', 'handheld'],
    ['shaky camera', 'handheld'],
    ['camera gently sways', 'handheld 0.25'],
    ['the camera slowly, gently, almost imperceptibly moves forward', 'dolly in 0.15'],
  ])('%s → %s', (prompt, expected) => {
    expect(summary(shoot(prompt))).toBe(expected);
  });

  test('is found among everything else that a prompt says', () => {
    const prompt =
      'The dog turns its head and looks at the camera while the camera slowly zooms in, soft light';
    expect(shoot(prompt)).toEqual([
      {
        kind: 'zoom',
        direction: 'in',
        strength: 0.3,
        span: [0, 1],
        easing: 'ease',
        why: 'prompt: "camera slowly zooms in"',
      },
    ]);
  });

  test.each(['a fast car passes as the camera pans left', 'the camera pans left as waves crash violently'])(
    'takes its pace from its own words: %s',
    (prompt) => {
      expect(summary(shoot(prompt))).toBe('pan left');
    },
  );
});

describe('several movements', () => {
  test.each([
    ['push in, then pan left', 'dolly in 0–50 %, pan left 50–100 %'],
    ['dolly in then pan left', 'dolly in 0–50 %, pan left 50–100 %'],
    ['tilt up then roll left', 'tilt up 0–50 %, roll counterclockwise 50–100 %'],
    [
      'first zoom out, then tilt up, finally pan right',
      'zoom out 0–33 %, tilt up 33–67 %, pan right 67–100 %',
    ],
    ['The camera pushes in. It pans left.', 'dolly in 0–50 %, pan left 50–100 %'],
    ['Zoom in slowly, then quickly pull back', 'zoom in 0.3 0–50 %, dolly out 0.85 50–100 %'],
    ['the camera holds on the woman, then zooms in', 'static 0–50 %, zoom in 50–100 %'],
    ['the camera first tilts up and after that zooms out', 'tilt up 0–50 %, zoom out 50–100 %'],
    ['zoom in and out', 'zoom in 0–50 %, zoom out 50–100 %'],
    ['pan left and right', 'pan left 0–50 %, pan right 50–100 %'],
    ['zoom in after panning left', 'pan left 0–50 %, zoom in 50–100 %'],
    ['zoom in before panning left', 'zoom in 0–50 %, pan left 50–100 %'],
    ['The camera moves from left to right, then up', 'truck right 0–50 %, pedestal up 50–100 %'],
    ['pan left and up', 'pan left, tilt up'],
    ['Camera zooms in while panning left', 'zoom in, pan left'],
    ['zooms in and pans left', 'zoom in, pan left'],
    ['epic dolly zoom on the actor', 'dolly in 1, zoom out 1'],
    ['slow zoom in, the camera slowly zooms in', 'zoom in 0.3'],
    ['camera movement: slow zoom in', 'zoom in 0.3'],
  ])('%s → %s', (prompt, expected) => {
    expect(summary(shoot(prompt))).toBe(expected);
  });
});

describe('standing still', () => {
  test.each([
    'static shot',
    'still camera, waves crash',
    'locked-off shot of a street',
    'a fixed wide-angle shot of a harbour',
    'no camera movement',
    'without camera motion',
    'The camera does not move',
    'the camera stays perfectly still',
    'Camera: static. Subject: the woman breathes.',
    'An old truck moves left along the road, camera static',
  ])('%s', (prompt) => {
    expect(summary(shoot(prompt))).toBe('static');
  });

  test.each([
    ['the camera is still moving forward', 'dolly in'],
    ["The camera doesn't move, only zooms in slowly", 'zoom in 0.3'],
  ])('but %s → %s', (prompt, expected) => {
    expect(summary(shoot(prompt))).toBe(expected);
  });
});

describe('denials', () => {
  test.each([
    ['no zoom, pan left', 'pan left'],
    ["don't zoom; truck right", 'truck right'],
    ['zoom in instead of panning', 'zoom in'],
    ['the camera does not pan left but tilts up', 'tilt up'],
    ['No camera shake, smooth zoom out', 'zoom out'],
    ['there are no people and the camera pans left', 'pan left'],
  ])('%s → %s', (prompt, expected) => {
    expect(summary(shoot(prompt))).toBe(expected);
  });

  test.each(['without zoom', 'do not pan or zoom', 'no panning, zooming or tilting'])(
    '%s leaves the director free, but not to go in',
    (prompt) => {
      const moves = shoot(prompt);
      expect(isDefault(moves)).toBe(true);
      expect(moves.some(({ kind }) => kind === 'zoom' || kind === 'dolly')).toBe(false);
    },
  );

  test.each([
    ['zoom in, pan left', 'zoom', 'pan left'],
    ['zoom out', 'zoom in', 'zoom out'],
    ['zoom in', 'motion blur, deformed hands', 'zoom in'],
    ['zoom in', 'sudden camera movement, shaky camera motion', 'zoom in'],
    ['no zoom at first, then zoom in', '', 'zoom in'],
    ['zoom in, no sudden camera movements', '', 'zoom in'],
  ])('%s without "%s" → %s', (prompt, negativePrompt, expected) => {
    expect(summary(shoot(prompt, { negativePrompt }))).toBe(expected);
  });

  test.each([
    ['static shot', 'static'],
    ['handheld shot of a market', 'shaky, blurry'],
    ['zoom in', 'zoom'],
    ['zoom out', 'zoom'],
  ])('%s without "%s" leaves nothing of the prompt, so the director moves', (prompt, negativePrompt) => {
    const moves = shoot(prompt, { negativePrompt });
    expect(isDefault(moves)).toBe(true);
    expect(moves.some(({ kind }) => /static|handheld|zoom/.test(kind))).toBe(false);
  });

  test.each(['camera movement', 'dolly, orbit, truck, pan, pedestal, tilt, zoom'])(
    'nothing moves without "%s"',
    (negativePrompt) => {
      expect(summary(shoot('a lake', { negativePrompt }))).toBe('static');
    },
  );
});

describe('a picture that rests', () => {
  test.each([
    'freeze frame, nothing moves',
    'a cinemagraph of the river',
    'only the water moves',
    'keep the background still, only the steam moves',
  ])('has a camera that rests: %s', (prompt) => {
    expect(summary(shoot(prompt))).toBe('static');
  });

  test('unless the camera is told to move', () => {
    expect(summary(shoot('nothing moves, zoom in'))).toBe('zoom in');
    expect(shoot('only the camera moves').some(({ kind }) => kind === 'static')).toBe(false);
  });
});

describe('words that mean something else', () => {
  test.each([
    'a pan on the stove',
    'eggs sizzling in a pan',
    'boats zoom past',
    'cars zoom in and out of traffic',
    'he zooms in on the map with his phone',
    'she is rolling dough',
    'rolling hills and clouds',
    'tracking number on a parcel',
    'train tracks in the snow',
    'The train tracks left',
    'still life with apples',
    'the lake lies still',
    'a man pushes a cart',
    'she pulls back the curtain',
    'river bank',
    'rocket orbit',
    'a satellite orbits the earth',
    'a truck left the garage',
    'a red truck drives left',
    'a crane lifts a container',
    'boom of thunder',
    'a statue on a pedestal',
    'a handheld fan on a desk',
    'static electricity makes her hair rise',
    'birds circle around the tower',
    'leaves drift left in the wind',
    'she looks up and smiles',
    'a woman tilts her head to the left',
    'a woman walks towards the camera',
    'a dog runs toward the camera, moving closer',
    'people shake hands',
    'the moon rises',
    'zoom call with friends',
    'Peter Pan flies left',
    'waves roll in',
    'dancers spin and turn left',
    'The photographer pans her camera left',
    'A chef tilts the pan up',
    'a camera on a tripod in the meadow',
    'slow-motion water',
  ])('%s', (prompt) => {
    expect(isDefault(shoot(prompt))).toBe(true);
  });
});

describe('what the words leave open', () => {
  const seeds = Array.from({ length: 40 }, (_, index) => index * 7919);

  test('is a dolly in of less than half strength with a slight drift', () => {
    for (const seed of seeds) {
      const [main, drift, ...rest] = shoot('A quiet lake at dawn', { seed });
      expect(rest).toEqual([]);
      expect([main!.kind, main!.direction]).toEqual(['dolly', 'in']);
      expect(Math.abs(main!.strength - 0.4)).toBeLessThanOrEqual(0.06);
      expect(drift!.strength).toBeLessThanOrEqual(0.2);
    }
  });

  test('differs from seed to seed, and not for the same seed', () => {
    const drifts = new Set(seeds.map((seed) => summary([{ ...shoot('', { seed })[1]!, strength: 0.5 }])));
    expect(drifts.size).toBeGreaterThanOrEqual(4);
    const sides = new Set(seeds.map((seed) => shoot('tracking shot', { seed })[0]!.direction));
    expect(sides).toEqual(new Set(['left', 'right']));
    expect(shoot('slow orbit', { seed: 5 })).toEqual(shoot('slow orbit', { seed: 5 }));
  });

  test('is nothing when the words say all: seeds agree on "zoom in"', () => {
    expect(new Set(seeds.map((seed) => JSON.stringify(shoot('zoom in', { seed })))).size).toBe(1);
  });

  test('gets a second gentle movement on demand, of another kind', () => {
    for (const seed of seeds) {
      const [asked, added, ...rest] = shoot('zoom in', { seed, extendPrompt: true });
      expect(rest).toEqual([]);
      expect(asked!.kind).toBe('zoom');
      expect(added!.strength).toBe(0.25);
      expect(added!.why).toMatch(/^extended: /);
      expect(['zoom', 'dolly']).not.toContain(added!.kind);
    }
    expect(shoot('a lake', { extendPrompt: true })).toHaveLength(3);
  });

  test('gets none where the camera stands still, where two movements are asked for, or where it is unwanted', () => {
    expect(summary(shoot('static shot', { extendPrompt: true }))).toBe('static');
    expect(shoot('push in, then pan left', { extendPrompt: true })).toHaveLength(2);
    const negativePrompt = 'truck, orbit, pedestal, dolly';
    expect(summary(shoot('zoom in', { extendPrompt: true, negativePrompt }))).toBe('zoom in');
  });
});

test('every move has a reason, a strength from 0 to 1 and a span within the clip, whatever the prompt', () => {
  const prompts = [
    '',
    '   ',
    '镜头缓慢推进',
    'zoom '.repeat(500),
    'camera pans left then right and then left and right and up and down',
    'no not never without zoom, or, nor, and',
    '😀 zoom in 😀',
    'constructor __proto__ toString zoom constructor',
  ];
  for (const prompt of prompts) {
    const moves = shoot(prompt, { negativePrompt: prompt.slice(0, 20), extendPrompt: true });
    expect(moves.length).toBeGreaterThan(0);
    for (const { strength, span, why } of moves) {
      expect(strength).toBeGreaterThanOrEqual(0);
      expect(strength).toBeLessThanOrEqual(1);
      expect(span[0]).toBeGreaterThanOrEqual(0);
      expect(span[1]).toBeLessThanOrEqual(1);
      expect(span[1]).toBeGreaterThan(span[0]);
      expect(why).not.toBe('');
    }
  }
});
