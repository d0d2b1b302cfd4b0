import { createRandom, deriveSeed } from '../../../random.ts';
import { smoothstep } from '../../pixels/smoothstep.ts';
import { cover } from '../canvas/canvas.ts';
import { type Colour, colour, mixColours } from '../canvas/colour.ts';
import { fractal, noise } from '../canvas/noise.ts';
import type { Easel, Scene } from '../scene.ts';

/** Folds of flowing colour. */
export const abstract: Scene = {
  name: 'abstract colour',
  words: [
    'abstract',
    'abstract colour',
    'abstract color',
    'abstract art',
    'abstract background',
    'abstract pattern',
    'colorful background',
    'colourful background',
    'fluid art',
    'liquid paint',
    'flowing paint',
    'paint swirl',
    'gradient background',
    'swirling paint',
    'color background',
    'colour background',
    'moving color',
    'moving colour',
    'marble pattern',
    'colorful smoke',
    'colourful smoke',
    'marbling',
    'swirling color',
    'swirling colour',
    'liquid color',
    'liquid colour',
    'ink in water',
    'flowing color',
    'flowing colour',
    'color gradient',
    'colour gradient',
  ],
  hints: ['gradient', 'swirl', 'psychedelic', 'kaleidoscope'],
  time: 'day',
  weather: 'clear',
  season: 'summer',
  view: () => ({ horizon: 0.5, eye: 3 }),
  film: () => ({ saturation: 1.15, bloomThreshold: 0.7, bloom: 0.3, vignette: 0.3 }),
  pivot: 4,
  isSheltered: true,
  paint() {},
  live: { motions: ['water'], paint: paintFolds },
};

function paintFolds(easel: Easel): void {
  const { canvas, seed, plan, seconds } = easel;
  // The deeper a fold, the slower it follows.
  const drift = 0.05 * seconds;
  const { width, height } = canvas;
  const size = Math.sqrt(width * height);
  const salt = deriveSeed(seed, 'folds');
  const random = createRandom(salt);
  const paints = paintsOf(easel);
  const scale = 1.15 + 0.5 * random();
  const turn = random() * Math.PI;
  const cosine = Math.cos(turn);
  const sine = Math.sin(turn);
  const gain = plan.time === 'night' || plan.mood.includes('gloomy') ? 0.55 : 1;
  const levels = new Float32Array(width * height);
  const hues = new Float32Array(width * height);
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      const x = (column / size) * scale;
      const y = (row / size) * scale;
      const u = x * cosine - y * sine;
      const v = (x * sine + y * cosine) * 1.5;
      const bendX = fractal(u, v + drift, salt, 3);
      const bendY = fractal(u + 5.2 - drift, v + 1.3, salt + 5, 3);
      const foldX = fractal(u + 1.4 * bendX + 1.7, v + 1.4 * bendY - 0.6 * drift, salt + 10, 3);
      const fold = noise(u * 1.2 + 1.8 * foldX, v * 1.2 + 1.8 * bendY, salt + 15);
      const strand = noise(fold * 7 + 4 * bendX, bendY * 5 + foldX * 6, salt + 20);
      levels[pixel] = fold * 0.75 + 0.3 * Math.sin((foldX * 1.6 + bendX) * 3) + 0.02 * strand;
      hues[pixel] = 0.5 + 0.8 * foldX + 0.4 * bendY + 0.13 * strand;
    }
  }
  for (let row = 0, pixel = 0; row < height; row++) {
    const up = row > 0 ? width : 0;
    const down = row < height - 1 ? width : 0;
    for (let column = 0; column < width; column++, pixel++) {
      const left = column > 0 ? 1 : 0;
      const right = column < width - 1 ? 1 : 0;
      // The folds are lit as a cloth would be: from above and from the left.
      const slopeX = ((levels[pixel + right]! - levels[pixel - left]!) * size) / 48;
      const slopeY = ((levels[pixel + down]! - levels[pixel - up]!) * size) / 48;
      const upright = 1 / Math.sqrt(1 + slopeX * slopeX + slopeY * slopeY);
      const facing = (0.45 * slopeX + 0.6 * slopeY + 0.66) * upright;
      const gloss = Math.max(0, facing) ** 26 * 0.22;
      const tone =
        (0.12 + 1.15 * Math.max(0, facing)) * (0.75 + 0.3 * smoothstep(-0.8, 0.8, levels[pixel]!)) * gain;
      const paint = paletteAt(paints, hues[pixel]!);
      const metres = 5 - 1.6 * Math.max(-1, Math.min(1, levels[pixel]!));
      cover(
        canvas,
        pixel,
        paint[0] * tone + gloss * gain,
        paint[1] * tone + gloss * gain,
        paint[2] * tone + gloss * gain,
        1,
        metres,
        'water',
      );
    }
  }
}

/** Sets of colours that go together; the words' own colours come first. */
const sets = [
  [0x12245a, 0x2a7ac8, 0x5ad0d8, 0xf4e6c8, 0xf08a5a],
  [0x2a1048, 0x8a2a9a, 0xf0508a, 0xffb070, 0xfff0d0],
  [0x0c3a3a, 0x1a8a7a, 0x8ad08a, 0xf4e09a, 0xe06a4a],
  [0x1c1a3a, 0x5a3ac0, 0x3ab0f0, 0xb0f0e0, 0xffffff],
  [0x3a0c14, 0xb02030, 0xf07030, 0xffd060, 0xfff4d8],
] as const;

function paintsOf({ plan, seed }: Easel): Colour[] {
  const own = plan.palette.map(({ hex }) => colour(hex));
  const set = sets[Math.floor(createRandom(deriveSeed(seed, 'set'))() * sets.length)]!.map(colour);
  if (own.length === 0) return set;
  // Shades of what was asked for, from dark to light.
  return own.flatMap((paint) => [
    mixColours(paint, [0.01, 0.01, 0.03], 0.75),
    paint,
    mixColours(paint, [1, 1, 1], 0.45),
  ]);
}

/** The colour at a position 0 … 1 of a palette; outside, it goes back and forth. */
function paletteAt(paints: readonly Colour[], position: number): Colour {
  const span = paints.length - 1;
  const folded = Math.abs((((position % 2) + 3) % 2) - 1);
  const at = Math.min(span - 1e-6, folded * span);
  const index = Math.floor(at);
  return mixColours(paints[index]!, paints[index + 1]!, smoothstep(0, 1, at - index));
}
