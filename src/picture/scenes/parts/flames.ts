import { between, createRandom } from '../../../random.ts';
import { clamp01, smoothstep } from '../../pixels/smoothstep.ts';
import { type Canvas, regionPlane, veil } from '../canvas/canvas.ts';
import { fractal, noise } from '../canvas/noise.ts';

/** A fire, in pixels. */
export interface Flames {
  /** Middle of its foot. */
  x: number;
  y: number;
  width: number;
  height: number;
  metres: number;
  seed: number;
  /** The moment. */
  seconds: number;
}

/** Paints flames: tongues that lean and taper, torn by noise; white-hot at the foot, red at the tips. */
export function paintFlames(canvas: Canvas, { x, y, width, height, metres, seed, seconds }: Flames): void {
  // What burns rises; each tongue also grows and sinks in its own time.
  const rising = 2.6 * seconds;
  const random = createRandom(seed);
  const tongues = Array.from({ length: 9 }, (_, index) => {
    const at = ((index + 0.5) / 9) * 2 - 1 + between(random, -0.12, 0.12);
    const lick = 1 + 0.28 * noise(1.9 * seconds + 7.3 * index, index, seed + 11);
    return {
      at: at * 0.72,
      height: between(random, 0.5, 1) * (1 - 0.45 * at * at) * lick,
      width: between(random, 0.16, 0.28),
      lean: between(random, -0.22, 0.22) - at * 0.25,
      phase: random() * 9,
    };
  });
  const fire = regionPlane(canvas, 'fire');
  const lights = veil(canvas, 'light');
  const half = width / 2;
  const firstRow = Math.max(0, Math.floor(y - height * 1.15));
  const lastRow = Math.min(canvas.height - 1, Math.ceil(y + height * 0.08));
  for (let row = firstRow; row <= lastRow; row++) {
    const rise = (y - row - 0.5) / height;
    for (
      let column = Math.max(0, Math.floor(x - half * 1.5));
      column < Math.min(canvas.width, x + half * 1.5);
      column++
    ) {
      const across = (column + 0.5 - x) / half;
      const bend = 0.16 * Math.max(0, rise) * fractal(across * 2.2, rise * 3.2 - rising, seed, 3);
      let heat = 0;
      for (const tongue of tongues) {
        const up = rise / tongue.height;
        if (up > 1.05) continue;
        const sway =
          tongue.lean * up + 0.12 * up * noise(up * 2.6 + tongue.phase - rising, tongue.phase, seed + 3);
        const wide = tongue.width * (1.15 - Math.max(0, up)) * (0.85 + 0.5 * Math.max(0, Math.min(0.4, up)));
        const inside = 1 - Math.abs(across + bend - tongue.at - sway) / Math.max(0.02, wide);
        heat += Math.max(0, inside) * smoothstep(1.05, 0.5, up);
      }
      const torn = fractal(across * 4.5, rise * 5 - 1.7 * rising, seed + 7, 4);
      heat = Math.max(0, heat * (0.95 + 0.5 * torn) * smoothstep(-0.08, 0.02, rise) - 0.1);
      if (heat <= 0.004) continue;
      const pixel = row * canvas.width + column;
      if (canvas.distance[pixel]! < metres * 0.9) continue;
      const white = clamp01(heat * 1.1 - 0.75) * smoothstep(0.7, 0.05, rise);
      const alpha = clamp01(heat * 2.4);
      canvas.red[pixel] = canvas.red[pixel]! * (1 - alpha * 0.8) + 1.7 * Math.min(1, heat * 2);
      canvas.green[pixel] = canvas.green[pixel]! * (1 - alpha * 0.9) + 0.62 * heat ** 1.25 + 0.7 * white;
      canvas.blue[pixel] = canvas.blue[pixel]! * (1 - alpha) + 0.05 * heat + 0.42 * white;
      for (const plane of canvas.regions) plane[pixel]! *= 1 - alpha;
      fire[pixel]! += alpha;
      lights[pixel] = Math.max(lights[pixel]!, alpha * 0.3);
      if (alpha > 0.5) canvas.distance[pixel] = metres;
    }
  }
}

/** Paints sparks that rise from a fire. */
export function paintSparks(
  canvas: Canvas,
  { x, y, width, height, seed, seconds }: Flames,
  count: number,
): void {
  const random = createRandom(seed + 1);
  const lights = veil(canvas, 'light');
  for (let spark = 0; spark < count; spark++) {
    // Each rises, goes out, and begins again.
    const life = random() + between(random, 0.2, 0.5) * (seconds + 1);
    const rise = (life - Math.floor(life)) ** 1.4 * 2.4;
    const whirl = 0.12 * Math.sin(2 * Math.PI * (life + random()));
    const atX = x + (random() - 0.5 + whirl) * width * (0.5 + rise * 0.7);
    const atY = y - height * (0.2 + rise);
    const radius = canvas.unit * between(random, 0.6, 1.5);
    const strength = between(random, 0.8, 3) * (1 - rise / 2.6);
    for (let row = Math.floor(atY - radius * 2); row <= atY + radius * 2; row++) {
      for (let column = Math.floor(atX - radius * 2); column <= atX + radius * 2; column++) {
        if (row < 0 || column < 0 || row >= canvas.height || column >= canvas.width) continue;
        const away = ((column + 0.5 - atX) ** 2 + (row + 0.5 - atY) ** 2) / (radius * radius);
        const light = Math.exp(-away) * strength;
        const pixel = row * canvas.width + column;
        canvas.red[pixel]! += light;
        canvas.green[pixel]! += light * 0.5;
        canvas.blue[pixel]! += light * 0.12;
        lights[pixel] = Math.max(lights[pixel]!, Math.min(1, light));
      }
    }
  }
}
