import { between, createRandom, deriveSeed } from '../../../random.ts';
import { resizeBilinear } from '../../pixels/resize.ts';
import { clamp01, smoothstep } from '../../pixels/smoothstep.ts';
import { veil } from '../canvas/canvas.ts';
import { mix, scaleColour } from '../canvas/colour.ts';
import { skyColour } from '../canvas/light.ts';
import { fractal, noise } from '../canvas/noise.ts';
import type { Easel } from '../scene.ts';

/** Heaps of cloud in rows, far to near. */
export interface Cumulus {
  rows: number;
  /** 1 is fair weather; 2 towers. */
  size: number;
  /** How many there are; 1 is a sky half full. */
  cover: number;
  /** How dark the bellies are, 0–1. */
  darkness: number;
}

/**
 * Paints heaped clouds: piles of balls, far rows small and hazy, near rows tall. The balls of a row are joined into
 * one rounded surface whose outline and light are broken up by noise. Flat bases share one height in a row: that is
 * what makes them lie in a sky. Painted at half the size, as they are soft.
 */
export function paintCumulus(easel: Easel, style: Cumulus): void {
  const { canvas, light, plan, seed } = easel;
  const width = Math.ceil(canvas.width / 2);
  const height = Math.ceil(Math.min(canvas.height, canvas.horizon) / 2);
  if (height < 8) return;
  const count = width * height;
  const layer = {
    red: new Float32Array(count),
    green: new Float32Array(count),
    blue: new Float32Array(count),
    alpha: new Float32Array(count),
  };
  const unit = canvas.unit / 2;
  const flat = Math.hypot(light.sun[0], light.sun[1]) || 1;
  // A sun on the horizon lights clouds from below: their bases glow, their tops are in shade.
  const isLow = light.sun[1] < 0.13;
  const towards = [
    (light.sun[0] / flat) * 0.75,
    isLow ? -0.35 : Math.max(0.5, light.sun[1] / flat),
    plan.time === 'sunset' ? -0.1 : 0.25,
  ] as const;
  const isFair = plan.weather !== 'storm';
  const lit = [0, 1, 2].map(
    (channel) =>
      light.sunColour[channel]! * (isFair ? 0.42 : 0.5) + light.ambient[channel]! * (isFair ? 0.55 : 0.42),
  );
  const shade = scaleColour(light.ambient, mix(0.6, 0.02, style.darkness));
  const ink = new Float64Array(3);
  for (let row = 0; row < style.rows; row++) {
    const nearness = row / Math.max(1, style.rows - 1);
    const base = height * (0.93 - 0.62 * nearness ** 1.25);
    const { bulge, below } = pileRow(
      width,
      height,
      base,
      nearness,
      style,
      unit,
      deriveSeed(seed, `row ${row}`),
    );
    const size = (18 + 62 * nearness) * unit * style.size;
    const grain = 1 / size;
    const haze = mix(0.7, 0.06, nearness);
    const step = Math.max(1, Math.round(size * 0.07));
    const noiseSeed = deriveSeed(seed, `puff ${row}`) & 1023;
    for (let y = 0; y < height; y++) {
      if (y > base + size * 0.3) break;
      for (let x = 0; x < width; x++) {
        const coarse = fractal(x * grain * 1.6, y * grain * 1.6, noiseSeed, 3);
        const fine = fractal(x * grain * 6, y * grain * 6, noiseSeed + 9, 3);
        const warpX = x + size * (0.2 * coarse + 0.08 * fine);
        const warpY = y + size * (0.2 * noise(x * grain * 1.6, y * grain * 1.6, noiseSeed + 5) + 0.06 * fine);
        const thick = read(bulge, width, height, warpX, warpY);
        if (thick <= 0) continue;
        const at = y * width + x;
        let alpha = smoothstep(0.02, 0.34, thick / size + 0.05 * fine);
        alpha *= smoothstep(base + size * 0.1, base - size * 0.16, y + size * (0.1 * coarse + 0.05 * fine));
        if (alpha < 0.01) continue;
        const slopeX =
          (read(bulge, width, height, warpX + step, warpY) -
            read(bulge, width, height, warpX - step, warpY)) /
          (2 * step);
        const slopeY =
          (read(bulge, width, height, warpX, warpY + step) -
            read(bulge, width, height, warpX, warpY - step)) /
          (2 * step);
        const scale = 1 / Math.sqrt(slopeX * slopeX + slopeY * slopeY + 1);
        const facing = (-slopeX * towards[0] + slopeY * towards[1] + towards[2]) * scale;
        const rise = clamp01((base - y) / (below * 0.9 + 1));
        let bright = clamp01(0.34 + (isLow ? 0.22 : 0.42) * facing + 0.28 * fine + 0.14 * coarse);
        bright *= isLow
          ? mix(1.15, 0.4, smoothstep(0.05, 0.75, rise))
          : mix(0.35, 1, smoothstep(0, 0.55, rise));
        const side = (x * 2 - canvas.centre) / canvas.focal;
        const up = (canvas.horizon - y * 2) / canvas.focal;
        skyColour(light, side, Math.max(0.02, up * 0.6), 1, ink);
        const along = Math.max(0, side * light.sun[0] + up * light.sun[1] + light.sun[2]);
        const length = Math.sqrt(side * side + up * up + 1);
        const rim = alpha * (1 - alpha) * (isLow ? 1.2 : 3.2) * (along / length) ** 14;
        for (let channel = 0; channel < 3; channel++) {
          const body =
            mix(shade[channel]! + ink[channel]! * 0.16 * (1 - style.darkness), lit[channel]!, bright) +
            light.sunColour[channel]! * rim;
          const plane = channel === 0 ? layer.red : channel === 1 ? layer.green : layer.blue;
          plane[at] = plane[at]! * (1 - alpha) + mix(body, ink[channel]!, haze) * alpha;
        }
        layer.alpha[at] = 1 - (1 - layer.alpha[at]!) * (1 - alpha);
      }
    }
  }
  layOver(easel, layer, width, height);
}

/** The rounded surface of one row of clouds (thickness in pixels), and how high the tallest rises. */
function pileRow(
  width: number,
  height: number,
  base: number,
  nearness: number,
  style: Cumulus,
  unit: number,
  seed: number,
): { bulge: Float32Array; below: number } {
  const random = createRandom(seed);
  const bulge = new Float32Array(width * height);
  const typical = mix(52, 200, nearness) * unit * style.size;
  const count = Math.max(2, Math.round((width / typical) * 0.75 * style.cover));
  let below = 1;
  for (let cloud = 0; cloud < count; cloud++) {
    const x = ((cloud + random()) / count) * 1.2 * width - 0.1 * width;
    const wide = typical * between(random, 0.45, 1.35);
    const high = wide * between(random, 0.26, 0.55);
    const towers = Array.from({ length: 3 }, () => ({
      at: between(random, -0.55, 0.55),
      height: between(random, 0.5, 1.1),
    }));
    const balls = Math.round(mix(20, 44, nearness));
    for (let ball = 0; ball < balls; ball++) {
      const along = (random() + random() - 1) * 0.95;
      let tower = 0.12;
      for (const { at, height: tall } of towers) {
        tower = Math.max(tower, tall * Math.exp(-(((along - at) / 0.36) ** 2)));
      }
      const rise = random() ** 0.7 * tower;
      const radius = wide * between(random, 0.06, 0.15) * (1 - 0.35 * Math.abs(along)) * (1 - 0.25 * rise);
      const ballX = x + along * wide * 0.6;
      const ballY = base - rise * high;
      below = Math.max(below, rise * high);
      addBall(bulge, width, height, ballX, ballY, radius);
    }
  }
  return { bulge, below };
}

function addBall(
  bulge: Float32Array,
  width: number,
  height: number,
  x: number,
  y: number,
  radius: number,
): void {
  const lastRow = Math.min(height - 1, Math.floor(y + radius));
  const lastColumn = Math.min(width - 1, Math.floor(x + radius));
  for (let row = Math.max(0, Math.floor(y - radius)); row <= lastRow; row++) {
    for (let column = Math.max(0, Math.floor(x - radius)); column <= lastColumn; column++) {
      const square = radius * radius - (column + 0.5 - x) ** 2 - (row + 0.5 - y) ** 2;
      if (square <= 0) continue;
      const thick = Math.sqrt(square);
      const at = row * width + column;
      if (thick > bulge[at]!) bulge[at] = thick;
    }
  }
}

function read(plane: Float32Array, width: number, height: number, x: number, y: number): number {
  const left = Math.max(0, Math.min(width - 2, Math.floor(x)));
  const top = Math.max(0, Math.min(height - 2, Math.floor(y)));
  const fx = clamp01(x - left);
  const fy = clamp01(y - top);
  const at = top * width + left;
  const upper = plane[at]! + (plane[at + 1]! - plane[at]!) * fx;
  const lower = plane[at + width]! + (plane[at + width + 1]! - plane[at + width]!) * fx;
  return upper + (lower - upper) * fy;
}

/** Lays the clouds, painted at half the size and weighted by their alpha, over the sky. */
function layOver(
  { canvas }: Easel,
  layer: Record<'red' | 'green' | 'blue' | 'alpha', Float32Array>,
  width: number,
  height: number,
): void {
  const rows = Math.min(canvas.height, height * 2);
  const full = (plane: Float32Array) => resizeBilinear(plane, width, height, width * 2, height * 2);
  const alpha = full(layer.alpha);
  const mask = veil(canvas, 'cloud');
  for (const [source, target] of [
    [layer.red, canvas.red],
    [layer.green, canvas.green],
    [layer.blue, canvas.blue],
  ] as const) {
    const paint = full(source);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < canvas.width; column++) {
        const from = row * width * 2 + column;
        const pixel = row * canvas.width + column;
        target[pixel] = target[pixel]! * (1 - alpha[from]!) + paint[from]!;
      }
    }
  }
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < canvas.width; column++) {
      const pixel = row * canvas.width + column;
      mask[pixel] = 1 - (1 - mask[pixel]!) * (1 - alpha[row * width * 2 + column]!);
    }
  }
}
