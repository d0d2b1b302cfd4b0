import { expect, test } from 'vitest';
import { styles } from './styles.ts';
import { fitTempo } from './tempo.ts';

test('whole beats and a tail that rings out fill the clip, in every style', () => {
  for (const [genre, { tempo }] of Object.entries(styles)) {
    for (const seconds of [5, 5.0417, 8, 10, 15, 30]) {
      const { beatsPerMinute, beats } = fitTempo(seconds, tempo, 0.5);
      const tail = seconds - (beats * 60) / beatsPerMinute;
      console.log(
        `${genre} ${seconds} s: ${beats} beats at ${beatsPerMinute} bpm, tail ${tail.toFixed(2)} s`,
      );
      expect(beatsPerMinute).toBeGreaterThanOrEqual(tempo[0]);
      expect(beatsPerMinute).toBeLessThanOrEqual(tempo[1]);
      expect(Number.isInteger(beats)).toBe(true);
      expect(tail).toBeGreaterThanOrEqual(0.5);
      expect(tail).toBeLessThan(2.2);
    }
  }
});

test('a clip of half a second still has a chord', () => {
  expect(fitTempo(0.5, [60, 80], 0.5).beats).toBe(0);
});
