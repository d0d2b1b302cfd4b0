import { expect, test } from 'vitest';
import { toLab } from './lab.ts';

/** sRGB bytes and their Lab values for D65. */
const known: [name: string, rgb: [number, number, number], lab: [number, number, number]][] = [
  ['white', [255, 255, 255], [100, 0, 0]],
  ['black', [0, 0, 0], [0, 0, 0]],
  ['grey', [119, 119, 119], [50.03, 0, 0]],
  ['red', [255, 0, 0], [53.24, 80.09, 67.2]],
  ['green', [0, 255, 0], [87.73, -86.18, 83.18]],
  ['blue', [0, 0, 255], [32.3, 79.19, -107.86]],
  ['sky', [135, 206, 235], [79.21, -14.83, -21.28]],
];

test.each(known)('converts %s', (_, rgb, expected) => {
  const [red, green, blue] = rgb.map((value) => Float32Array.of(value / 255));
  const lab = toLab({ width: 1, height: 1, red: red!, green: green!, blue: blue! });
  const found = [lab.lightness[0]!, lab.greenRed[0]!, lab.blueYellow[0]!];
  found.forEach((value, index) => {
    expect(Math.abs(value * 100 - expected[index]!)).toBeLessThan(1);
  });
});
