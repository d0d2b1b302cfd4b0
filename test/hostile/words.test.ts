import { expect, test } from 'vitest';
import { planWork } from '../../src/engines/builtin/plan-work.ts';

// An estimate reads the words in the server's own process: no 5,000 signs may hold it up. What is repeated here are the
// words that the readers look around at: of denial, of place and time, of the camera, of things that sound.

const parts = [
  ...[' ', 'a', 'A', '1', '-', '(', '"', "a'", '雨', '雨，', '😀', '\n', ', ', '. ', '- '],
  ...['a ', 'the ', 'of ', 'or ', 'is ', 'he ', 'and ', 'then ', 'no ', 'not a ', 'without ', 'with a '],
  ...[
    'rain ',
    'rain, ',
    'no rain ',
    'wind ',
    'soft ',
    'very ',
    'slowly ',
    'waves crash ',
    'dog barks twice ',
  ],
  ...['zoom ', 'zoom in ', 'pan left and ', 'left to right ', 'camera ', 'push ', 'a man with a '],
  ...['at 3 s ', '5.5 ', 'second ', 'three ', 'instead of ', 'rather than ', 'calm piano ', 'drums '],
];
const kinds = ['image-to-video', 'text-to-video', 'video-to-audio'] as const;

test('no words take long to read, however often they are repeated', async () => {
  const costs: { milliseconds: number; what: string }[] = [];
  for (const part of parts) {
    const words = part.repeat(Math.ceil(5_000 / part.length)).slice(0, 5_000);
    for (const kind of kinds) {
      const start = process.cpuUsage();
      await planWork({
        kind,
        prompt: words,
        negativePrompt: words,
        soundPrompt: words,
        musicPrompt: words,
        audio: 'ai',
        seconds: 5,
        seed: 1,
        extendPrompt: true,
      });
      const milliseconds = process.cpuUsage(start).user / 1000;
      costs.push({ milliseconds, what: `${kind} ${JSON.stringify(part)}` });
    }
  }
  costs.sort((one, other) => other.milliseconds - one.milliseconds);
  const [slowest] = costs;
  console.log(
    `${costs.length} readings of 5,000 signs, the slowest (${slowest!.what}) in ${slowest!.milliseconds.toFixed(0)} ms`,
  );
  // Looking from every word at every other took 6,500 ms.
  expect(slowest!.milliseconds).toBeLessThan(1_000);
});
