import { boxMean } from '../../pixels/box.ts';
import { clamp01 } from '../../pixels/smoothstep.ts';
import type { Canvas } from './canvas.ts';
import { hash01, noise } from './noise.ts';

/** One size of stroke, in units of a canvas of 960 × 540. */
interface Layer {
  length: number;
  width: number;
  /** Strokes lie this far from each other. */
  gap: number;
  /** A stroke is laid only where the painting is farther than this from the motif (sum over channels, 0–3). */
  threshold: number;
  /** How far a stroke's lightness strays. */
  stray: number;
}

const layers: readonly Layer[] = [
  { length: 40, width: 6.5, gap: 7, threshold: -1, stray: 0.018 },
  { length: 20, width: 3.2, gap: 3.4, threshold: 0.05, stray: 0.015 },
  { length: 9, width: 1.5, gap: 2, threshold: 0.1, stray: 0.008 },
];

const ALONG = 64;
const ACROSS = 16;
const bristles = Array.from({ length: 8 }, (_, index) => bristleTexture(index));

/** How much paint a stroke leaves: furrows of the bristles, and a ragged end. */
function bristleTexture(index: number): Float32Array {
  const texture = new Float32Array(ALONG * ACROSS);
  for (let row = 0; row < ACROSS; row++) {
    const v = ((row + 0.5) / ACROSS) * 2 - 1;
    for (let column = 0; column < ALONG; column++) {
      const u = (column + 0.5) / ALONG;
      const furrow = noise(u * 3, v * 5, index) * 0.5 + noise(u * 9, v * 9, index + 20) * 0.25;
      const end = Math.min(1, u / 0.12) * Math.min(1, (1 - u) / (0.22 + 0.18 * noise(v * 6, 1, index + 9)));
      texture[row * ALONG + column] = clamp01(
        (1 - Math.abs(v) ** 3.5) * clamp01(end) * (0.85 + furrow * 0.55),
      );
    }
  }
  return texture;
}

/** Which way strokes lie where the motif has no direction of its own, by region: radians from the horizontal. */
const restingAngle: readonly ((x: number, y: number) => number)[] = [
  (x, y) => 0.35 * noise(x / 160, y / 110, 31), // sky
  (x, y) => 0.05 * noise(x / 50, y / 30, 32), // water
  (x, y) => 0.5 * noise(x / 70, y / 70, 33), // land
  (x, y) => -1.3 + 0.5 * noise(x / 20, y / 20, 34), // foliage
  () => -Math.PI / 2, // building
  (x, y) => -1.4 + 0.4 * noise(x / 30, y / 30, 35), // fire
];

/** How hard an edge has to be before strokes follow it, by region. */
const stubbornness = [0.008, 0.03, 0.006, 0.006, 0.005, 0.006];

/**
 * Paints over a developed canvas with strokes in three sizes, coarse to fine: the direction follows the edges, fine
 * strokes are laid only where the coarse ones differ from the motif (Hertzmann, "Painterly rendering with curved
 * brush strokes of multiple sizes", 1998), and no stroke leaves its region or its distance, so that masks and
 * distances stay exact.
 *
 * @param strength 0 the motif … 1 nothing but strokes
 */
export function brush(canvas: Canvas, strength: number, seed: number): void {
  const { width, height, unit } = canvas;
  const planes = [canvas.red, canvas.green, canvas.blue] as const;
  const motif = planes.map((plane) => Float32Array.from(plane)) as [Float32Array, Float32Array, Float32Array];
  const { cosine, sine } = strokeDirections(canvas);
  const label = regionLabels(canvas);
  const lights = canvas.veils.get('light');
  const smooth = (radius: number) =>
    motif.map((plane) =>
      boxMean(plane, width, height, Math.max(1, Math.round(radius * unit))),
    ) as typeof motif;
  const fine = smooth(1);
  const coarse = smooth(2.4);
  planes.forEach((plane, channel) => {
    plane.set(coarse[channel]!);
  });
  layers.forEach((layer, index) => {
    const source = [coarse, fine, motif][index]!;
    const stroke = { canvas, planes, source, cosine, sine, label, lights, seed: seed + index * 100 };
    layStrokes(stroke, layer);
  });
  for (let channel = 0; channel < 3; channel++) {
    const plane = planes[channel]!;
    const original = motif[channel]!;
    const base = fine[channel]!;
    for (let pixel = 0; pixel < plane.length; pixel++) {
      const share = strength * (lights ? 1 - Math.min(1, lights[pixel]! * 3) : 1);
      const value = original[pixel]!;
      const painted = plane[pixel]! + (value - base[pixel]!) * 0.45;
      plane[pixel] = clamp01(value + (painted - value) * share);
    }
  }
}

interface Strokes {
  canvas: Canvas;
  planes: readonly [Float32Array, Float32Array, Float32Array];
  source: readonly [Float32Array, Float32Array, Float32Array];
  cosine: Float32Array;
  sine: Float32Array;
  label: Uint8Array;
  lights: Float32Array | undefined;
  seed: number;
}

function layStrokes(strokes: Strokes, layer: Layer): void {
  const { canvas, planes, source, cosine, sine, label, lights, seed } = strokes;
  const { width, height, unit, distance } = canvas;
  const [red, green, blue] = planes;
  const [sourceRed, sourceGreen, sourceBlue] = source;
  const gap = layer.gap * unit;
  const columns = Math.ceil(width / gap);
  const count = columns * Math.ceil(height / gap);
  const halfWidth = Math.ceil(width / 2);
  for (let turn = 0; turn < count; turn++) {
    // Scattered order: no rows of strokes that overlap like tiles.
    const place = (turn * 7919) % count;
    const gridX = place % columns;
    const gridY = (place / columns) | 0;
    const x = (gridX + hash01(gridX, gridY, seed + 1)) * gap;
    const y = (gridY + hash01(gridX, gridY, seed + 2)) * gap;
    const column = x | 0;
    const row = y | 0;
    if (column >= width || row >= height) continue;
    const pixel = row * width + column;
    const error =
      Math.abs(red[pixel]! - sourceRed[pixel]!) +
      Math.abs(green[pixel]! - sourceGreen[pixel]!) +
      Math.abs(blue[pixel]! - sourceBlue[pixel]!);
    if (error < layer.threshold || (lights && lights[pixel]! > 0.06)) continue;
    const half = (row >> 1) * halfWidth + (column >> 1);
    const wobble = (hash01(gridX, gridY, seed + 3) - 0.5) * 0.18;
    const ct = cosine[half]! - sine[half]! * wobble;
    const st = sine[half]! + cosine[half]! * wobble;
    const length = layer.length * unit * (0.65 + 0.6 * hash01(gridX, gridY, seed + 4)) * 0.5;
    const breadth = layer.width * unit * (0.75 + 0.5 * hash01(gridX, gridY, seed + 5));
    const texture = bristles[(hash01(gridX, gridY, seed + 6) * 8) | 0]!;
    const lightness = sourceRed[pixel]! * 0.3 + sourceGreen[pixel]! * 0.6 + sourceBlue[pixel]! * 0.1;
    const stray = (hash01(gridX, gridY, seed + 7) - 0.5) * layer.stray * (0.4 + 1.6 * lightness);
    const warmth = (hash01(gridX, gridY, seed + 8) - 0.5) * layer.stray * 0.6;
    const paintRed = sourceRed[pixel]! + stray + warmth;
    const paintGreen = sourceGreen[pixel]! + stray;
    const paintBlue = sourceBlue[pixel]! + stray - warmth;
    const reachX = Math.abs(ct) * length + Math.abs(st) * breadth;
    const reachY = Math.abs(st) * length + Math.abs(ct) * breadth;
    const firstRow = Math.max(0, Math.floor(y - reachY));
    const lastRow = Math.min(height - 1, Math.ceil(y + reachY));
    const region = label[pixel]!;
    const nearest = distance[pixel]! * 0.62;
    const farthest = distance[pixel]! * 1.6;
    for (let line = firstRow; line <= lastRow; line++) {
      const dy = line + 0.5 - y;
      // The columns of this row that lie inside the stroke's rectangle.
      let from = x - reachX;
      let to = x + reachX;
      if (Math.abs(ct) > 1e-3) {
        const middle = x - (dy * st) / ct;
        const reach = length / Math.abs(ct);
        from = Math.max(from, middle - reach);
        to = Math.min(to, middle + reach);
      }
      if (Math.abs(st) > 1e-3) {
        const middle = x + (dy * ct) / st;
        const reach = breadth / Math.abs(st);
        from = Math.max(from, middle - reach);
        to = Math.min(to, middle + reach);
      }
      const last = Math.min(width - 1, Math.floor(to));
      for (let across = Math.max(0, Math.floor(from)); across <= last; across++) {
        const dx = across + 0.5 - x;
        const u = (dx * ct + dy * st) / length;
        const v = (dy * ct - dx * st) / breadth;
        if (u <= -1 || u >= 1 || v <= -1 || v >= 1) continue;
        const at = line * width + across;
        if (label[at]! !== region) continue;
        const metres = distance[at]!;
        if (metres > farthest || metres < nearest) continue;
        const alpha = texture[(((v + 1) * 0.5 * ACROSS) | 0) * ALONG + (((u + 1) * 0.5 * ALONG) | 0)]! * 0.9;
        // The upper lip of thick paint catches the light.
        const lip = -v * layer.stray * 0.4;
        red[at]! += (paintRed + lip - red[at]!) * alpha;
        green[at]! += (paintGreen + lip - green[at]!) * alpha;
        blue[at]! += (paintBlue + lip - blue[at]!) * alpha;
      }
    }
  }
}

/** The region that covers most of each pixel, as its position in the list of regions. */
function regionLabels(canvas: Canvas): Uint8Array {
  const label = new Uint8Array(canvas.width * canvas.height);
  const most = Float32Array.from(canvas.regions[0]!);
  for (let index = 1; index < canvas.regions.length; index++) {
    const plane = canvas.regions[index]!;
    for (let pixel = 0; pixel < label.length; pixel++) {
      if (plane[pixel]! > most[pixel]!) {
        most[pixel] = plane[pixel]!;
        label[pixel] = index;
      }
    }
  }
  return label;
}

/** Directions along the edges, from the smoothed structure tensor at half the size. */
function strokeDirections(canvas: Canvas): { cosine: Float32Array; sine: Float32Array } {
  const { width, height, unit, red, green, blue } = canvas;
  const small = Math.ceil(width / 2);
  const low = Math.ceil(height / 2);
  const light = new Float32Array(small * low);
  const label = regionLabels(canvas);
  for (let row = 0; row < low; row++) {
    for (let column = 0; column < small; column++) {
      const pixel = Math.min(height - 1, row * 2) * width + Math.min(width - 1, column * 2);
      light[row * small + column] = 0.3 * red[pixel]! + 0.59 * green[pixel]! + 0.11 * blue[pixel]!;
    }
  }
  boxMean(light, small, low, Math.max(1, Math.round(0.7 * unit)), light);
  const xx = new Float32Array(small * low);
  const yy = new Float32Array(small * low);
  const xy = new Float32Array(small * low);
  for (let row = 1; row < low - 1; row++) {
    for (let column = 1; column < small - 1; column++) {
      const at = row * small + column;
      const dx = light[at + 1]! - light[at - 1]!;
      const dy = light[at + small]! - light[at - small]!;
      xx[at] = dx * dx;
      yy[at] = dy * dy;
      xy[at] = dx * dy;
    }
  }
  const reach = Math.max(2, Math.round(3 * unit));
  for (const plane of [xx, yy, xy]) boxMean(plane, small, low, reach, plane);
  for (let row = 0; row < low; row++) {
    for (let column = 0; column < small; column++) {
      const at = row * small + column;
      const pixel = Math.min(height - 1, row * 2) * width + Math.min(width - 1, column * 2);
      const region = label[pixel]!;
      const difference = xx[at]! - yy[at]!;
      const strength = Math.hypot(difference, 2 * xy[at]!) * unit * unit;
      const along = 0.5 * Math.atan2(2 * xy[at]!, difference) + Math.PI / 2;
      const resting = restingAngle[region]!((column * 2) / unit, (row * 2) / unit);
      let turn = along - resting;
      turn -= Math.PI * Math.round(turn / Math.PI);
      const angle = resting + (turn * strength) / (strength + stubbornness[region]!);
      xx[at] = Math.cos(angle);
      yy[at] = Math.sin(angle);
    }
  }
  return { cosine: xx, sine: yy };
}
