/** What a pixel shows. The masks of the regions sum to 1 in every pixel. */
export const regions = ['sky', 'water', 'land', 'foliage', 'building', 'fire'] as const;
export type Region = (typeof regions)[number];

/** What lies over a region, or shines in it: each 0–1 on its own. */
const veils = ['cloud', 'foam', 'light', 'mist'] as const;
export type Veil = (typeof veils)[number];

/** Where the painter stands and looks. */
export interface View {
  /** The row of the horizon as a share of the height: 0 top … 1 bottom. */
  horizon: number;
  /** Height of the eye above the ground in metres. */
  eye: number;
  /** Focal length as a share of √(width × height); 1.2 is a normal lens. */
  lens?: number;
}

/** A picture that is being painted, in linear light, with what it shows and how far that is. */
export interface Canvas {
  width: number;
  height: number;
  red: Float32Array;
  green: Float32Array;
  blue: Float32Array;
  /** Metres to what the pixel shows for the most part; {@link SKY_DISTANCE} for the sky. */
  distance: Float32Array;
  /** One plane a region, in the order of {@link regions}. */
  regions: Float32Array[];
  veils: Map<Veil, Float32Array>;
  /** Row of the horizon, focal length and middle column in pixels; height of the eye in metres. */
  horizon: number;
  focal: number;
  centre: number;
  eye: number;
  /** Pixels to a unit in which sizes on the canvas are given: 1 on a canvas of 960 × 540. */
  unit: number;
}

/** Metres to the sky: beyond every land. */
export const SKY_DISTANCE = 1e6;

/** An empty canvas: black sky everywhere. */
export function createCanvas(width: number, height: number, view: View): Canvas {
  const count = width * height;
  const plane = () => new Float32Array(count);
  const canvas: Canvas = {
    width,
    height,
    red: plane(),
    green: plane(),
    blue: plane(),
    distance: plane().fill(SKY_DISTANCE),
    regions: regions.map(plane),
    veils: new Map(),
    horizon: view.horizon * height,
    focal: (view.lens ?? 1.2) * Math.sqrt(count),
    centre: width / 2,
    eye: view.eye,
    unit: Math.sqrt(count / (960 * 540)),
  };
  canvas.regions[0]!.fill(1);
  return canvas;
}

/** The plane of a veil; it begins empty. */
export function veil(canvas: Canvas, name: Veil): Float32Array {
  let plane = canvas.veils.get(name);
  if (!plane) {
    plane = new Float32Array(canvas.width * canvas.height);
    canvas.veils.set(name, plane);
  }
  return plane;
}

/**
 * Lays paint over one pixel. Nothing happens where something clearly nearer is there already, so that parts may be
 * painted in any order.
 *
 * @param alpha how much of the pixel is covered, 0–1
 * @param metres distance of what is painted
 */
export function cover(
  canvas: Canvas,
  pixel: number,
  red: number,
  green: number,
  blue: number,
  alpha: number,
  metres: number,
  region: Region,
): void {
  if (alpha <= 0 || metres > canvas.distance[pixel]! * 1.1) return;
  const keep = alpha < 1 ? 1 - alpha : 0;
  const share = 1 - keep;
  canvas.red[pixel] = canvas.red[pixel]! * keep + red * share;
  canvas.green[pixel] = canvas.green[pixel]! * keep + green * share;
  canvas.blue[pixel] = canvas.blue[pixel]! * keep + blue * share;
  for (const plane of canvas.regions) if (plane[pixel]! > 0) plane[pixel]! *= keep;
  canvas.regions[regionIndex[region]]![pixel]! += share;
  if (share > 0.5) canvas.distance[pixel] = metres;
}

const regionIndex = Object.fromEntries(regions.map((name, index) => [name, index])) as Record<Region, number>;

/** The plane of a region, 1 where the pixel shows it. */
export function regionPlane(canvas: Canvas, region: Region): Float32Array {
  return canvas.regions[regionIndex[region]]!;
}

/** The row on which a point stands that is `height` metres above the ground and `metres` away. */
export function rowOf(canvas: Canvas, metres: number, height: number): number {
  return canvas.horizon - ((height - canvas.eye) / metres) * canvas.focal;
}

/** How many metres right of the middle a column shows, at a distance. */
export function sideOf(canvas: Canvas, column: number, metres: number): number {
  return ((column - canvas.centre) / canvas.focal) * metres;
}
