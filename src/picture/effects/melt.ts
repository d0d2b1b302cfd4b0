import { between, createRandom } from '../../random.ts';
import { blur } from '../pixels/box.ts';
import { smoothstep } from '../pixels/smoothstep.ts';
import type { Effect, EffectStage } from './effect.ts';
import { mix } from './kit/easing.ts';
import { createNoise } from './kit/field.ts';

/** Moments of the action in seconds. */
const HEAT = 0.3;
const GIVE = 0.85;
const POUR = 1.7;
const REST = 4.3;
/** How far the longest drip runs, in short sides. */
const RUN = 0.58;
/** How much longer than its way a drip's smear is: above 1, or the picture would fold over itself. */
const SMEAR = 1.18;

/** The subject and what lies below it turns soft, sags and runs down in long glossy drips. */
export const melt: Effect = {
  code: 'melt_70932845',
  name: 'Melt',
  summary: 'The subject turns soft as wax, sags and runs down in long glossy drips.',
  events: [
    { time: GIVE, name: 'give', strength: 0.6 },
    { time: POUR, name: 'drip', strength: 0.8 },
    { time: 2.6, name: 'drip', strength: 1 },
    { time: 3.3, name: 'drip', strength: 0.7 },
  ],
  sounds: [
    { generator: 'pop', variant: 'squelch', gainDecibels: 0, at: ['give', 'drip'] },
    { generator: 'bubbles', variant: 'mud', gainDecibels: -6, at: [GIVE, REST] },
  ],

  setup({ canvas, place, seed, strength }: EffectStage) {
    const { width, height, short, light } = canvas;
    const random = createRandom(seed);
    const noise = createNoise(seed);
    const centre = place.x * width;
    const spreadX = Math.max(0.26, 1.5 * place.halfWidth) * short;
    const top = (place.y - (0.75 * place.halfHeight * short) / height) * height;
    const count = Math.round((5.5 * width) / short) + 3;
    const drips = Array.from({ length: count }, (_, index) => {
      const x = ((index + between(random, -0.35, 1.35)) / count) * width;
      const near = Math.exp(-(((x - centre) / spreadX) ** 2));
      return {
        x,
        half: short * (0.018 + 0.05 * random() ** 1.6),
        length: short * RUN * near * (0.12 + 0.88 * random() ** 1.4) * (0.3 + 0.7 * strength),
        start: GIVE + between(random, 0, 0.7) + 0.5 * (1 - near),
        pace: between(random, 2.0, 3.2),
      };
    });
    /** How far the picture has run down in each column of cells, and where its lower end is soft. */
    const run = new Float32Array(light.columns);
    /** How far that column runs in all, and where it begins to. */
    const whole = new Float32Array(light.columns);
    const ragged = Float32Array.from(run, (_, column) => {
      const x = column * light.cell;
      return top + 0.12 * short * noise(x / (0.09 * short), 3);
    });
    const heights = new Float32Array(light.columns * light.rows);
    const sag = (t: number) => 0.16 * short * strength * smoothstep(GIVE - 0.1, REST, t);

    return {
      draw(t) {
        measure(t);
        const shimmer = 0.005 * short * smoothstep(HEAT, GIVE, t) * (1 - 0.7 * smoothstep(POUR, REST, t));
        canvas.warp(canvas.picture, (x, y, point) => {
          const soft = smoothstep(top - 0.12 * short, top + 0.2 * short, y);
          const waver =
            shimmer *
            Math.sin(y / (0.03 * short) - 9 * t + 2 * Math.sin(x / (0.08 * short))) *
            (0.4 + 0.6 * soft);
          point[0] = x + waver;
          point[1] = y - moved(x, y);
        });
        gloss();
      },
    };

    /** How far the drips have come in every column. */
    function measure(t: number): void {
      run.fill(0);
      for (const drip of drips) {
        const age = t - drip.start;
        if (age <= 0) continue;
        // Thick: it gives slowly, runs, and hangs.
        const length = drip.length * (1 - Math.exp(-((age / drip.pace) ** 2) * 2.2));
        const reach = Math.ceil((4 * drip.half) / light.cell);
        const column = Math.round(drip.x / light.cell);
        for (let at = Math.max(0, column - reach); at <= Math.min(run.length - 1, column + reach); at++) {
          const off = Math.abs(at * light.cell - drip.x) / drip.half;
          // A round tongue between narrow valleys.
          const tongue = off < 1 ? Math.sqrt(1 - off * off) * 0.75 + 0.25 * (1 - off * off) : 0;
          const skirt = 0.16 * Math.exp(-((off / 2.4) ** 2));
          run[at] = Math.max(run[at]!, length * Math.max(tongue, skirt));
        }
      }
      const smooth = blur(run, run.length, 1, Math.max(1, Math.round((0.006 * short) / light.cell)));
      for (let column = 0; column < whole.length; column++) {
        const x = column * light.cell;
        const near = Math.exp(-(((x - centre) / spreadX) ** 2));
        whole[column] = smooth[column]! + sag(t) * near * (0.75 + 0.5 * noise(x / (0.22 * short), 0));
      }
    }

    function moved(x: number, y: number): number {
      const position = Math.max(0, Math.min(run.length - 1.001, x / light.cell));
      const column = Math.floor(position);
      const share = position - column;
      const far = mix(whole[column]!, whole[column + 1]!, share);
      const below = y - mix(ragged[column]!, ragged[column + 1]!, share);
      return below <= 0 || far < 0.5 ? 0 : far * (1 - Math.exp(-below / (SMEAR * far)));
    }

    /** Light on the flanks of the drips, as on wax: from the gradient of how far they have run. */
    function gloss(): void {
      canvas.clearLight();
      const { columns, rows, cell } = light;
      for (let row = 0, at = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++, at++) {
          heights[at] = moved(column * cell, row * cell);
        }
      }
      for (let row = 1; row < rows - 1; row++) {
        for (let column = 1; column < columns - 1; column++) {
          const at = row * columns + column;
          if (heights[at]! < 1) continue;
          const slopeX = (heights[at + 1]! - heights[at - 1]!) / (2 * cell);
          const slopeY = (heights[at + columns]! - heights[at - columns]!) / (2 * cell);
          const steep = Math.hypot(slopeX, 0.4 * slopeY);
          // Thin runs hardly shine, or they would stand like the bars of a fence.
          const wet = Math.min(1, heights[at]! / (0.17 * short));
          const facing = (-0.85 * slopeX - 0.3 * slopeY) / (0.6 + steep);
          light.luma[at] = wet * 88 * Math.max(0, facing - 0.25) ** 1.5;
          light.shade[at] = 1 - wet * 0.42 * Math.max(0, -facing) ** 1.3;
        }
      }
      canvas.applyLight();
    }
  },
};
