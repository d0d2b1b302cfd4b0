import type { RgbImage } from './image.ts';

/** How many colours a logo, a drawing or a screen is made of, besides those between them. */
const COLOURS = 4;
/** The share of the picture that these have to cover. Photographs stay below 0.55, graphics come to 0.85 and more. */
const LEAST_SHARE = 0.7;
/** Looked at is one pixel of so many: a number that hardly any width is a multiple of. */
const EVERY = 29;

/** Whether a picture was drawn in a few flat colours: it shows no space that a camera could drive through. */
export function isGraphic({ red, green, blue }: RgbImage): boolean {
  const counts = new Map<number, number>();
  const byte = (value: number) => Math.round(255 * value);
  let looked = 0;
  for (let pixel = 0; pixel < red.length; pixel += EVERY, looked++) {
    const colour = (byte(red[pixel]!) * 256 + byte(green[pixel]!)) * 256 + byte(blue[pixel]!);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const most = [...counts.values()].sort((one, other) => other - one).slice(0, COLOURS);
  return most.reduce((sum, count) => sum + count, 0) > LEAST_SHARE * looked;
}
