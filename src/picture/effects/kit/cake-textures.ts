import { createRandom } from '../../../random.ts';
import { clamp01, smoothstep } from '../../pixels/smoothstep.ts';
import type { EffectCanvas, Texture } from '../kernel/canvas.ts';
import { mix } from './easing.ts';
import { createNoise } from './field.ts';
import { type Colour, colourAt, meanColour, paintTexture } from './paint.ts';

type Rgb = readonly [red: number, green: number, blue: number];

const CREAM: Rgb = [252, 244, 228];
const JAM: Rgb = [186, 26, 40];
/** Depths of the layers as parts of the cake's height: icing, sponge, cream, jam, sponge, cream. */
const LAYERS = [0.055, 0.4, 0.5, 0.53, 0.9] as const;

const scaled = (colour: Rgb, factor: number): [number, number, number] => [
  colour[0] * factor,
  colour[1] * factor,
  colour[2] * factor,
];
const blend = (a: Rgb, b: Rgb, share: number): [number, number, number] => [
  mix(a[0], b[0], share),
  mix(a[1], b[1], share),
  mix(a[2], b[2], share),
];

/** Sponge that suits the picture: red velvet for a red one, chocolate for a blue one, else vanilla. Light and dark. */
function spongeFor(canvas: EffectCanvas): readonly [Rgb, Rgb] {
  const [red, green, blue] = meanColour(canvas, canvas.width / 2, canvas.height / 2, canvas.short / 2);
  if (red > 1.5 * blue && red - green > 30) {
    return [
      [142, 66, 40],
      [98, 42, 25],
    ];
  }
  if (blue > 1.15 * red) {
    return [
      [126, 78, 50],
      [86, 50, 32],
    ];
  }
  return [
    [240, 200, 122],
    [208, 148, 74],
  ];
}

/** A cut face: icing at the top, sponge, cream, jam, sponge, cream. Its texture repeats nothing. */
export function paintInside(canvas: EffectCanvas, seed: number): Texture {
  const noise = createNoise(seed);
  const [light, dark] = spongeFor(canvas);
  const top = meanColour(canvas, canvas.width / 2, canvas.height / 2, canvas.short / 3);
  return paintTexture(canvas, 400, 200, (x, y): Colour => {
    const [u, v] = [2 * x, y];
    const depth = v + 0.055 * noise(5 * u, 1.3 * v);
    const [icing, firstSponge, cream, jam, secondSponge] = LAYERS;
    if (depth < icing) return [...blend(top, CREAM, 0.45 + (0.4 * depth) / icing), 1];
    const isSponge = depth < firstSponge || (depth >= jam && depth < secondSponge);
    if (isSponge) {
      const crumb = clamp01(0.6 + 0.75 * noise(26 * u, 26 * v));
      const pores =
        smoothstep(0.1, 0.32, noise(48 * u + 9, 48 * v)) * 0.4 +
        smoothstep(0.22, 0.45, noise(17 * u, 19 * v + 7)) * 0.35;
      const edge = Math.min(
        ...[icing, firstSponge, jam, secondSponge].map((layer) => Math.abs(depth - layer)),
      );
      const shade = 0.84 + 0.16 * clamp01(edge / 0.03);
      return [...scaled(blend(blend(dark, light, crumb), scaled(dark, 0.66), pores), shade), 1];
    }
    if (depth < cream) {
      const within = (depth - firstSponge) / (cream - firstSponge);
      return [
        ...scaled(CREAM, 0.95 + 0.07 * Math.sin(3.1 * within) - 0.1 * within + 0.05 * noise(9 * u, 14 * v)),
        1,
      ];
    }
    if (depth < jam) return [...scaled(JAM, 0.9 + 0.8 * noise(16 * u, 30 * v)), 1];
    return [...scaled(CREAM, 0.93 - 1.1 * (depth - secondSponge)), 1];
  });
}

/** The outside: a coat of cream, and icing in the colours of the picture's lower edge that drips over it. */
export function paintCoat(canvas: EffectCanvas, seed: number, thickness: number): Texture {
  const { width, height, short, still } = canvas;
  const noise = createNoise(seed);
  const random = createRandom(seed);
  const lengths = Array.from({ length: 128 }, () => (random() > 0.25 ? 0.12 + 0.4 * random() : 0.08));
  const columns = Math.round((512 * width) / short);
  return paintTexture(canvas, columns, Math.round((512 * thickness) / short), (x, y): Colour => {
    const drip = (x * width * 24) / short;
    const index = Math.floor(drip);
    const off = (drip - index - 0.5) * 2.3;
    const length = lengths[index & 127]! * Math.sqrt(Math.max(0, 1 - off * off));
    const reach = Math.max(length, 0.075 + 0.03 * Math.sin(2 * drip));
    const soft = 0.012;
    const share = smoothstep(reach + soft, reach - soft, y);
    const at = (height - 3) * width + Math.min(width - 1, Math.floor(x * width));
    const round = 0.86 + 0.3 * clamp01(0.5 - 0.6 * off) - 0.22 * smoothstep(reach - 0.1, reach, y);
    const icing = scaled(colourAt(still, at), round);
    const comb = 0.95 + 0.045 * Math.sin(42 * y) + 0.05 * noise(7 * x, 5 * y);
    const shadow = 1 - 0.16 * (1 - share) * smoothstep(reach + 0.08, reach, y);
    return [...scaled(blend(scaled(CREAM, comb * shadow), icing, share), 1 - 0.3 * y * y), 1];
  });
}

/** A rosette of piped cream, seen from above and before. */
export function paintRosette(canvas: EffectCanvas, turns: number): Texture {
  return paintTexture(canvas, 96, 96, (x, y): Colour => {
    const [u, v] = [2.08 * x - 1.04, 2.08 * y - 1.04];
    const far = Math.hypot(u, v);
    const angle = Math.atan2(v, u);
    const lobes = 1 - 0.06 * (0.5 + 0.5 * Math.cos(turns * angle + 5 * far));
    const height = Math.sqrt(Math.max(0, 1 - (far / lobes) ** 2));
    const ridge = 0.12 * Math.sin(turns * angle + 6.5 * far) * Math.min(1, 2 * far);
    const peak = 0.12 * Math.exp(-((u + 0.1) ** 2 + (v + 0.16) ** 2) * 16);
    const light = clamp01(0.62 + 0.3 * height - 0.24 * v - 0.13 * u + ridge + peak);
    return [...scaled(CREAM, 0.36 + 0.66 * light), clamp01((lobes - far) * 24)];
  });
}

/** A kitchen knife, lengthwise: its tip at the left, its edge below, its handle at the right. */
export function paintKnife(canvas: EffectCanvas): Texture {
  return paintTexture(canvas, 512, 80, (x, y): Colour => {
    const blade = x < 0.68;
    if (blade) {
      const along = x / 0.68;
      const belly = 1 - 0.85 * (1 - clamp01(along / 0.5)) ** 2;
      const spine = 0.02 + 0.12 * (1 - along);
      const cover = clamp01((belly - y) * 40) * clamp01((y - spine) * 40) * clamp01(along * 200);
      const edge = smoothstep(belly - 0.16, belly - 0.1, y);
      const sheen =
        150 + 62 * Math.sin(7 * along + 1) * (1 - y) + 70 * Math.exp(-((along - 0.42 - 0.1 * y) ** 2) * 90);
      const value = mix(sheen, 232, 0.7 * edge) * (0.9 + 0.1 * y);
      return [0.95 * value, 0.98 * value, 1.03 * value, cover];
    }
    const along = (x - 0.68) / 0.32;
    const v = (y - 0.34) / 0.25;
    const round = 1 - Math.max(0, (along - 0.92) / 0.08) ** 2;
    const cover = clamp01((Math.sqrt(Math.max(0, round)) - Math.abs(v)) * 12);
    const rivet = Math.min(...[0.2, 0.5, 0.8].map((place) => Math.hypot((along - place) * 3.2, v * 0.6)));
    const value = rivet < 0.13 ? 190 : 34 + 60 * Math.exp(-((v + 0.4) ** 2) * 6);
    return [1.2 * value, 0.95 * value, 0.8 * value, cover];
  });
}

/** What the cake stands on and before: a table, and the picture far out of focus above it. */
export function paintTable(canvas: EffectCanvas, seed: number, horizon: number, far: Texture): Texture {
  const noise = createNoise(seed);
  const mean = meanColour(canvas, canvas.width / 2, canvas.height / 2, canvas.short / 2);
  const most = Math.max(...mean) + 12;
  const wood = blend([122, 90, 68], scaled(mean, 140 / most), 0.35);
  const columns = Math.round((240 * canvas.width) / canvas.short);
  const rows = Math.round((240 * canvas.height) / canvas.short);
  return paintTexture(canvas, columns, rows, (x, y): Colour => {
    const share = smoothstep(horizon - 0.05, horizon + 0.05, y);
    const column = Math.min(far.width - 1, Math.floor(x * far.width));
    const row = Math.min(far.height - 1, Math.floor(y * far.height));
    const behind = scaled(colourAt(far, row * far.width + column), 0.62);
    // Grain runs away from the viewer: it narrows towards the horizon.
    const depth = Math.max(0.03, y - horizon + 0.14);
    const grain = 1 + 0.1 * noise((7 * (x - 0.5)) / depth, 1.2 / depth) * share;
    const table = scaled(wood, grain * (0.78 + 0.5 * (y - 0.4)));
    const vignette = 1.02 - 0.5 * ((1.3 * (x - 0.5)) ** 2 + (1.1 * (y - 0.55)) ** 2);
    return [...scaled(blend([behind[0] + 14, behind[1] + 12, behind[2] + 11], table, share), vignette), 1];
  });
}
