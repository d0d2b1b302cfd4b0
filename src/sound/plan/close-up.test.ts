import { expect, test } from 'vitest';
import { closeUp } from './close-up.ts';
import { planSound } from './plan-sound.ts';

const request = {
  prompt: '',
  soundPrompt: 'distant heavy rain, footsteps, fast upbeat music',
  musicPrompt: '',
  seconds: 5,
  seed: 1,
};

test('brings everything near: no distance, softer, denser, without drums, quiet', () => {
  const plan = planSound(request);
  const close = closeUp(plan);
  expect(close.loudness).toBe(-26);
  expect(close.layers.map(({ distance }) => distance)).toEqual(close.layers.map(() => 0));
  expect(plan.layers.some(({ distance }) => distance > 0)).toBe(true);
  for (const [index, layer] of close.layers.entries()) {
    const before = plan.layers[index]!;
    expect(layer.generator).toBe(before.generator);
    if (layer.kind === 'music') expect(layer.parameters.drums).toBe(false);
    else if (index > 0 && before.kind !== 'music') {
      expect(layer.parameters.intensity).toBeLessThan(before.parameters.intensity);
    }
  }
});

test('the request asks for it, and for the kinds that may be heard', () => {
  expect(planSound({ ...request, close: true })).toEqual(closeUp(planSound(request)));
  const kindsOf = (kinds: ('texture' | 'event' | 'music')[]) =>
    new Set(
      planSound({ ...request, kinds })
        .layers.slice(1)
        .map(({ kind }) => kind),
    );
  for (const kind of ['texture', 'event', 'music'] as const) expect(kindsOf([kind])).toEqual(new Set([kind]));
  expect(kindsOf(['texture', 'music'])).toEqual(new Set(['texture', 'music']));
  expect(planSound({ ...request, kinds: ['texture'] }).layers[0]!.generator).toBe('air');
});
