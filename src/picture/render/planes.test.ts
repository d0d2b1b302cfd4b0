import { describe, expect, it } from 'vitest';
import { convertToRgb, convertToYuv, type YuvPlanes } from './planes.ts';

function convert(colour: [number, number, number]): YuvPlanes {
  const planes = {
    width: 2,
    height: 2,
    luma: new Uint8Array(4),
    blueChroma: new Uint8Array(1),
    redChroma: new Uint8Array(1),
  };
  convertToYuv(Uint8Array.from([...colour, ...colour, ...colour, ...colour]), planes);
  return planes;
}

describe('BT.709 planes', () => {
  // ITU-R BT.709-6: 8-bit levels of the 100 % colour bars.
  it.each([
    ['white', [255, 255, 255], [235, 128, 128]],
    ['black', [0, 0, 0], [16, 128, 128]],
    ['red', [255, 0, 0], [63, 102, 240]],
    ['green', [0, 255, 0], [173, 42, 26]],
    ['blue', [0, 0, 255], [32, 240, 118]],
    ['yellow', [255, 255, 0], [219, 16, 138]],
  ] as const)('hold %s at the standard’s levels', (_, colour, levels) => {
    const planes = convert([...colour]);
    expect([planes.luma[0], planes.blueChroma[0], planes.redChroma[0]]).toEqual(levels);
  });

  it('turn back into the colour that went in, within two steps', () => {
    for (const colour of [
      [12, 200, 90],
      [250, 20, 128],
      [77, 77, 78],
    ] as [number, number, number][]) {
      const back = convertToRgb(convert(colour));
      colour.forEach((value, channel) => {
        expect(Math.abs(back[channel]! - value)).toBeLessThanOrEqual(2);
      });
    }
  });
});
