import { expect, test } from 'vitest';
import { between, createRandom } from '../../random.ts';
import { transform } from './fft.ts';

test('finds a tone in its own bin alone', () => {
  const real = Float64Array.from({ length: 64 }, (_, index) => Math.cos((2 * Math.PI * 5 * index) / 64));
  const imaginary = new Float64Array(64);
  transform(real, imaginary);
  const power = Array.from(real, (value, bin) => Math.hypot(value, imaginary[bin]!));
  expect(power[5]).toBeCloseTo(32);
  expect(power[59]).toBeCloseTo(32);
  expect(power.filter((value) => value > 1e-9).length).toBe(2);
});

test('the inverse gives the signal back', () => {
  const random = createRandom(1);
  const signal = Float64Array.from({ length: 256 }, () => between(random, -1, 1));
  const [real, imaginary] = [signal.slice(), new Float64Array(256)];
  transform(real, imaginary);
  transform(real, imaginary, true);
  for (let index = 0; index < 256; index++) expect(real[index]).toBeCloseTo(signal[index]!, 10);
});
