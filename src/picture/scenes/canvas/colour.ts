/** Red, green and blue in linear light; 1 is the white of a sunlit sheet of paper, lamps may be brighter. */
export type Colour = readonly [red: number, green: number, blue: number];

/** A colour given as people write it (sRGB, `0xffb56b`) in linear light. */
export function colour(hex: number): Colour {
  return [decode((hex >> 16) & 255), decode((hex >> 8) & 255), decode(hex & 255)];
}

/** IEC 61966-2-1, for one byte. */
function decode(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Between two colours: 0 the first, 1 the second. */
export function mixColours(first: Colour, second: Colour, amount: number): Colour {
  return [
    first[0] + (second[0] - first[0]) * amount,
    first[1] + (second[1] - first[1]) * amount,
    first[2] + (second[2] - first[2]) * amount,
  ];
}

/** A colour times a number: the same paint in more or less light. */
export function scaleColour(value: Colour, factor: number): Colour {
  return [value[0] * factor, value[1] * factor, value[2] * factor];
}

/** Rec. 709 luminance. */
export function luminance(value: Colour): number {
  return 0.2126 * value[0] + 0.7152 * value[1] + 0.0722 * value[2];
}

/** The colour with part of its colourfulness taken away: 0 as it is, 1 grey. The luminance stays. */
export function greyed(value: Colour, amount: number): Colour {
  const grey = luminance(value);
  return mixColours(value, [grey, grey, grey], amount);
}

/** The colour moved towards the hue of another; its luminance stays. */
export function tinted(value: Colour, hue: Colour, amount: number): Colour {
  return mixColours(value, scaleColour(hue, luminance(value) / Math.max(1e-4, luminance(hue))), amount);
}

/** From `low` (at 0) to `high` (at 1). */
export function mix(low: number, high: number, amount: number): number {
  return low + (high - low) * amount;
}
