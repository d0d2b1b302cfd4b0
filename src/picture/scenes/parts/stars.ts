import { createRandom } from '../../../random.ts';
import { smoothstep } from '../../pixels/smoothstep.ts';
import { type Canvas, regionPlane, veil } from '../canvas/canvas.ts';
import { mix } from '../canvas/colour.ts';
import { fractal } from '../canvas/noise.ts';

/** Stars from the horizon up, many faint and few bright, from orange to blue. `strength` 0–1. They twinkle in time. */
export function paintStars(canvas: Canvas, strength: number, seed: number, seconds = 0): void {
  const random = createRandom(seed);
  const bottom = Math.min(canvas.height, canvas.horizon);
  const count = Math.round((1900 * bottom) / canvas.height);
  for (let star = 0; star < count; star++) {
    const x = random() * canvas.width;
    const y = random() * bottom;
    const size = 0.04 * (random() + 0.004) ** -0.62;
    const temperature = random();
    const low = smoothstep(0, 0.28 * canvas.height, canvas.horizon - y);
    addStar(canvas, x, y, size, temperature, strength * low * twinkle(star, seconds));
  }
}

/** How bright a star is at a moment, about 0.4 … 1.6: two sines of its own without a common measure. */
function twinkle(star: number, seconds: number): number {
  const wave = (rate: number, phase: number) => Math.sin(2 * Math.PI * (rate * seconds + phase));
  const own = (star * 0.618) % 1;
  return 1 + 0.38 * wave(0.45 + 0.5 * own, own * 7) + 0.22 * wave(1.13 + own, own * 17);
}

/** One star: a soft point. `temperature` 0 bluish … 1 orange. */
export function addStar(
  canvas: Canvas,
  x: number,
  y: number,
  size: number,
  temperature: number,
  strength: number,
): void {
  const lights = veil(canvas, 'light');
  const sky = regionPlane(canvas, 'sky');
  const cloud = canvas.veils.get('cloud');
  const brightness = Math.min(3, size * 0.75) * strength * 1.5;
  const radius = Math.max(0.62, (0.55 + Math.min(0.8, size * 0.55)) * canvas.unit);
  const reach = Math.ceil(radius * 2.6);
  for (let row = Math.floor(y) - reach; row <= y + reach; row++) {
    if (row < 0 || row >= canvas.height) continue;
    for (let column = Math.floor(x) - reach; column <= x + reach; column++) {
      if (column < 0 || column >= canvas.width) continue;
      const away = (column + 0.5 - x) ** 2 + (row + 0.5 - y) ** 2;
      const pixel = row * canvas.width + column;
      const open = sky[pixel]! * (1 - (cloud?.[pixel] ?? 0));
      const light = Math.exp(-away / (radius * radius)) * brightness * open;
      if (light < 0.003) continue;
      canvas.red[pixel]! += light * mix(0.75, 1.1, temperature);
      canvas.green[pixel]! += light * 0.92;
      canvas.blue[pixel]! += light * mix(1.2, 0.7, temperature);
      lights[pixel] = Math.max(lights[pixel]!, Math.min(1, light * 6));
    }
  }
}

/** The band of the galaxy, rising from the horizon, with its dark lanes of dust. */
export function paintMilkyWay(canvas: Canvas, strength: number, seed: number): void {
  const { width, height } = canvas;
  const size = Math.sqrt(width * height);
  const random = createRandom(seed);
  const lean = (random() < 0.5 ? -1 : 1) * mix(0.75, 1.05, random());
  const middleX = width * mix(0.4, 0.62, random());
  const middleY = canvas.horizon * 0.55;
  const cosine = Math.cos(lean);
  const sine = Math.sin(lean);
  const bottom = Math.min(height, canvas.horizon);
  for (let row = 0; row < bottom; row++) {
    const low = smoothstep(0, 0.2, (canvas.horizon - row) / height);
    for (let column = 0; column < width; column++) {
      const u = (column - middleX) / size;
      const v = (row - middleY) / size;
      const along = u * cosine + v * sine;
      const across = -u * sine + v * cosine + fractal(along * 2, 3, seed + 3, 3) * 0.07;
      const band = Math.exp(-((across / 0.13) ** 2));
      if (band < 0.01) continue;
      const dust = smoothstep(
        -0.15,
        0.5,
        fractal(along * 3.2 + 5, across * 7, seed + 6, 5) + 0.3 * Math.exp(-((across / 0.035) ** 2)),
      );
      const cloud = 0.35 + 0.65 * smoothstep(-0.5, 0.6, fractal(along * 5, across * 6, seed + 9, 5));
      const core = Math.exp(-((along / 0.35) ** 2));
      const light = band * cloud * (1 - 0.8 * dust) * low * strength * (0.5 + 0.8 * core);
      const pixel = row * width + column;
      canvas.red[pixel]! += light * (0.15 + 0.09 * core);
      canvas.green[pixel]! += light * (0.15 + 0.03 * core);
      canvas.blue[pixel]! += light * 0.21;
    }
  }
}
