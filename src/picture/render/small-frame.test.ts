import { expect, it } from 'vitest';
import { convertToRgb, convertToYuv } from './planes.ts';
import { shrinkFrame } from './small-frame.ts';

/** A frame whose rows are longer than it is wide, red on the left and blue on the right; the padding is white. */
function paintFrame(width: number, height: number, stride: number) {
  const rgb = new Uint8Array(stride * height * 3).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rgb.set(x < width / 2 ? [200, 0, 0] : [0, 0, 200], (y * stride + x) * 3);
  }
  const area = stride * height;
  const planes = {
    luma: new Uint8Array(area),
    blueChroma: new Uint8Array(area / 4),
    redChroma: new Uint8Array(area / 4),
  };
  convertToYuv(rgb, { width: stride, height, ...planes });
  return { width, height, stride, ...planes };
}

it.each([
  [1280, 720, 1280, 320, 180],
  [1082, 720, 1088, 320, 212],
  [3840, 2160, 3840, 320, 180],
  [64, 36, 64, 64, 36],
  [8192, 32, 8192, 320, 2],
])(
  '%i × %i with rows of %i becomes %i × %i, and looks the same',
  (width, height, stride, toWidth, toHeight) => {
    const small = shrinkFrame(paintFrame(width, height, stride), 320);
    expect([small.width, small.height]).toEqual([toWidth, toHeight]);
    const rgb = convertToRgb(small);
    const at = (x: number) => [...rgb.subarray(x * 3, x * 3 + 3)];
    const close = (seen: number[], meant: number[]) =>
      expect(Math.max(...seen.map((value, channel) => Math.abs(value - meant[channel]!)))).toBeLessThan(4);
    close(at(1), [200, 0, 0]);
    close(at(toWidth - 1), [0, 0, 200]);
  },
);

it('takes the mean of fine stripes and not one of them', () => {
  const frame = paintFrame(640, 64, 640);
  frame.luma.forEach((_, pixel) => {
    frame.luma[pixel] = pixel % 2 === 0 ? 40 : 200;
  });
  const small = shrinkFrame(frame, 320);
  expect(new Set(small.luma)).toEqual(new Set([120]));
});
