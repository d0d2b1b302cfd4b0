import type { FrameView } from '../../render/layout.ts';
import type { YuvPlanes } from '../../render/planes.ts';
import type { Size } from '../../render/size.ts';
import type { Tone } from '../effect.ts';

/** A picture of packed pixels in the kernel's memory. */
export interface Texture extends Size {
  readonly address: number;
  /** Four bytes a pixel: luma, blue chroma, red chroma, opacity. */
  readonly pixels: Uint8Array;
}

/** A corner of a triangle. */
export interface Vertex {
  /** On the canvas, in pixels. */
  x: number;
  y: number;
  /** In the texture, in its pixels. */
  u: number;
  v: number;
  /** Factor on the colour. */
  shade: number;
  /** Luma to add, in steps. */
  light: number;
  /** Opacity: interpolated first and then held in 0–1, so that a distance to an edge in pixels makes it smooth. */
  cover: number;
}

/** How triangles are drawn. */
export interface DrawOptions {
  /** 0–1. Default 1. */
  opacity?: number;
  /** Whether the colour is added as light. Default false. */
  glows?: boolean;
}

/** Light and shade for the whole frame, in cells of a few pixels, interpolated between them. */
export interface LightMap {
  readonly columns: number;
  readonly rows: number;
  /** Pixels between two cells. */
  readonly cell: number;
  /** Factor on the colour per cell. */
  readonly shade: Float32Array;
  /** To add to luma and both chromas, in steps. */
  readonly luma: Float32Array;
  readonly blue: Float32Array;
  readonly red: Float32Array;
}

/** A field that a front crosses: values 0–65535 and noise 0–255, one a pixel of the canvas. */
export interface Field {
  readonly values: Uint16Array;
  readonly noise: Uint8Array;
}

/** What happens at a distance from the front. */
export interface Band {
  /** Factors on luma and on chroma. */
  luma: number;
  chroma: number;
  /** To add to luma and both chromas, in steps. */
  add: readonly [number, number, number];
  /** How much of the other canvas shows instead, 0–1. */
  under: number;
}

/** Pixels between two nodes of {@link EffectCanvas.warp}. */
const WARP_BLOCK = 8;
const WARP_SHIFT = Math.log2(WARP_BLOCK);
/** Entries of a table of bands: distances, each with levels of noise. */
const BAND_DISTANCES = 256;
const BAND_LEVELS = 16;
/** Triangles that are sent to the kernel at once. */
const BATCH = 4096;
const ONE = 8192;
const PAGE = 65536;

type Exports = Record<
  'pack' | 'warp' | 'triangles' | 'bands' | 'applyMap' | 'average' | 'unpack',
  (...values: number[]) => void
>;

/** What an effect draws on. All sizes are in pixels of the canvas, which is as large as a frame. */
export interface EffectCanvas extends Size {
  /** The shorter side. */
  readonly short: number;
  /** The picture, somewhat finer than the canvas. */
  readonly picture: Texture;
  /** Pixels of the picture per pixel of the canvas. */
  readonly scale: number;
  /** The frame as it is drawn. */
  readonly pixels: Uint8Array;
  /** The picture at the size of the canvas, as every frame begins. */
  readonly still: Texture;
  readonly light: LightMap;
  /** Makes a texture; its pixels are transparent black-green until they are written. */
  createTexture(width: number, height: number): Texture;
  createField(): Field;
  /**
   * Draws a texture over the whole canvas. `lookAt` gives for a point of the canvas the point of the picture, both in
   * pixels of the canvas, into the pair that it is handed.
   */
  warp(texture: Texture, lookAt: (x: number, y: number, point: [number, number]) => void): void;
  /** Draws triangles, three vertices each, in their order. */
  triangles(texture: Texture, vertices: readonly Vertex[], options?: DrawOptions): void;
  /** Makes the light map neutral; what is then put in is applied by {@link applyLight}. */
  clearLight(): void;
  applyLight(): void;
  /**
   * Treats the canvas by its distance from the front.
   *
   * @param width of the bands, in values of the field: half of it on either side
   */
  bands(
    field: Field,
    front: number,
    width: number,
    under: Texture,
    band: (distance: number, level: number) => Band,
  ): void;
  /** Shows a texture of the canvas's size. */
  show(texture: Texture): void;
}

/** A canvas as whoever makes frames of it sees it. */
export interface FrameCanvas extends EffectCanvas {
  /** Draws `draw` for each of the moments and shows their mean: motion blur. One, two or four moments. */
  expose(moments: readonly number[], draw: (seconds: number) => void): void;
  /** Writes the canvas into a frame. */
  finish(frame: FrameView, tone: Tone): void;
}

/** Memory that is handed out piece by piece, and never given back. */
function createArena(bytes: number) {
  const pages = Math.ceil(bytes / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: false });
  let end = 1024;
  const reserve = (count: number) => {
    const start = end;
    end = Math.ceil((end + count + 64) / 64) * 64;
    if (end > memory.buffer.byteLength) throw new Error('An effect needs more memory than it was given.');
    return start;
  };
  return { memory, reserve };
}

/**
 * Creates a canvas for a picture.
 *
 * @param module the compiled `effects.as.ts`
 * @param picture its planes; they are copied
 * @param frame size of the video: even, of the picture's aspect ratio
 * @param isMirrored whether left and right are exchanged while drawing, and exchanged back in the frame
 */
export function createCanvas(
  module: WebAssembly.Module,
  picture: YuvPlanes,
  frame: Size,
  isMirrored: boolean,
): FrameCanvas {
  const { width, height } = frame;
  const pixelCount = width * height;
  // Untouched pages cost nothing, so there is room for every effect: the picture, canvases, fields and textures.
  const { memory, reserve } = createArena(picture.width * picture.height * 6 + pixelCount * 44 + 48e6);
  const instance = new WebAssembly.Instance(module, {
    env: {
      memory,
      abort: () => {
        throw new Error('The effect kernel aborted.');
      },
    },
  });
  const kernel = instance.exports as Exports;

  const createTexture = (textureWidth: number, textureHeight: number): Texture => {
    const bytes = textureWidth * textureHeight * 4;
    const address = reserve(bytes);
    const pixels = new Uint8Array(memory.buffer, address, bytes);
    return { width: textureWidth, height: textureHeight, address, pixels };
  };
  const put = (bytes: Uint8Array, rowLength: number, address: number) => {
    const copy = new Uint8Array(memory.buffer, address, bytes.length);
    copy.set(bytes);
    if (isMirrored) mirrorRows(copy, rowLength, rowLength);
  };

  /** Textures without a transparent pixel, and those with one. */
  const hiding = new Map<Texture, boolean>();
  const hides = (texture: Texture): boolean => {
    const known = hiding.get(texture) ?? isOpaque(texture);
    hiding.set(texture, known);
    return known;
  };

  const source = createTexture(picture.width, picture.height);
  const lumaBytes = picture.width * picture.height;
  const planes = reserve(lumaBytes * 1.5);
  put(picture.luma, picture.width, planes);
  put(picture.blueChroma, picture.width / 2, planes + lumaBytes);
  put(picture.redChroma, picture.width / 2, planes + lumaBytes * 1.25);
  kernel.pack(
    planes,
    planes + lumaBytes,
    planes + lumaBytes * 1.25,
    picture.width,
    picture.height,
    source.address,
  );

  const target = createTexture(width, height);
  const still = createTexture(width, height);
  const columns = Math.ceil(width / WARP_BLOCK) + 1;
  const rows = Math.ceil(height / WARP_BLOCK) + 1;
  const mesh = reserve(columns * rows * 8);
  const nodes = new Int32Array(memory.buffer, mesh, columns * rows * 2);
  const vertexAddress = reserve(BATCH * 96);
  const vertexValues = new Float32Array(memory.buffer, vertexAddress, BATCH * 24);
  const tableAddress = reserve(BAND_DISTANCES * BAND_LEVELS * 24);
  const table = new Int16Array(memory.buffer, tableAddress, BAND_DISTANCES * BAND_LEVELS * 12);
  const short = Math.min(width, height);
  const cellShift = Math.max(1, Math.round(Math.log2(short / 180)));
  const light = createLightMap(width, height, 1 << cellShift);
  const mapAddress = reserve(light.columns * light.rows * 16);
  const map = new Int32Array(memory.buffer, mapAddress, light.columns * light.rows * 4);
  const scale = Math.min(picture.width / width, picture.height / height);
  /** Frames that are averaged, made when the first one is. */
  const exposures: Texture[] = [];
  /** What is to be shown, as long as nothing has been drawn on it: what is drawn over as a whole is never copied. */
  let shown: Texture | undefined;
  const settle = () => {
    if (shown) target.pixels.set(shown.pixels);
    shown = undefined;
  };

  const canvas: FrameCanvas = {
    width,
    height,
    short,
    picture: source,
    scale,
    get pixels() {
      settle();
      return target.pixels;
    },
    still,
    light,
    createTexture,
    createField: () => ({
      values: new Uint16Array(memory.buffer, reserve(pixelCount * 2), pixelCount),
      noise: new Uint8Array(memory.buffer, reserve(pixelCount), pixelCount),
    }),

    warp(texture, lookAt) {
      const toTextureX = texture.width / width;
      const toTextureY = texture.height / height;
      const point: [number, number] = [0, 0];
      for (let row = 0, node = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          lookAt(column * WARP_BLOCK + 0.5, row * WARP_BLOCK + 0.5, point);
          nodes[node++] = Math.round((point[0] * toTextureX - 0.5) * 65536);
          nodes[node++] = Math.round((point[1] * toTextureY - 0.5) * 65536);
        }
      }
      const { address } = texture;
      shown = undefined;
      kernel.warp(
        address,
        texture.width,
        texture.height,
        target.address,
        width,
        height,
        mesh,
        columns,
        WARP_SHIFT,
      );
    },

    triangles(texture, vertices, { opacity = 1, glows = false } = {}) {
      settle();
      for (let first = 0; first < vertices.length; first += 3 * BATCH) {
        const count = Math.min(3 * BATCH, vertices.length - first);
        for (let index = 0, at = 0; index < count; index++, at += 8) {
          const vertex = vertices[first + index]!;
          vertexValues[at] = vertex.x;
          vertexValues[at + 1] = vertex.y;
          vertexValues[at + 2] = vertex.u;
          vertexValues[at + 3] = vertex.v;
          vertexValues[at + 4] = vertex.shade;
          vertexValues[at + 5] = vertex.light;
          vertexValues[at + 6] = vertex.cover;
        }
        const { address, width: across, height: down } = texture;
        kernel.triangles(
          address,
          across,
          down,
          target.address,
          width,
          height,
          vertexAddress,
          count / 3,
          opacity,
          (glows ? 1 : 0) | (hides(texture) ? 2 : 0),
        );
      }
    },

    clearLight() {
      light.shade.fill(1);
      light.luma.fill(0);
      light.blue.fill(0);
      light.red.fill(0);
    },

    applyLight() {
      const { shade, luma, blue, red } = light;
      let top = light.rows;
      let bottom = -1;
      let left = light.columns;
      let right = -1;
      for (let row = 0, cell = 0; row < light.rows; row++) {
        for (let column = 0; column < light.columns; column++, cell++) {
          map[cell * 4] = shade[cell]! * ONE;
          map[cell * 4 + 1] = luma[cell]! * 256;
          map[cell * 4 + 2] = blue[cell]! * 256;
          map[cell * 4 + 3] = red[cell]! * 256;
          if (Math.abs(shade[cell]! - 1) < 0.002 && Math.abs(luma[cell]!) < 0.3) continue;
          top = Math.min(top, row);
          bottom = row;
          left = Math.min(left, column);
          right = Math.max(right, column);
        }
      }
      if (bottom < 0) return;
      settle();
      const edge = (cells: number, most: number) => Math.max(0, Math.min(most, cells << cellShift));
      kernel.applyMap(
        target.address,
        width,
        mapAddress,
        light.columns,
        cellShift,
        edge(left - 1, width),
        edge(top - 1, height),
        edge(right + 1, width),
        edge(bottom + 1, height),
      );
    },

    bands(field, front, spread, under, band) {
      const shift = Math.max(0, Math.ceil(Math.log2(spread / BAND_DISTANCES)));
      for (let distance = 0, at = 0; distance < BAND_DISTANCES; distance++) {
        for (let level = 0; level < BAND_LEVELS; level++, at += 12) {
          const entry = band((distance - 128) << shift, level / (BAND_LEVELS - 1));
          const luma = Math.min(32767, entry.luma * ONE);
          const chroma = Math.min(32767, entry.chroma * ONE);
          const share = Math.max(0, Math.min(32767, entry.under * 32767));
          table.set([luma, chroma, chroma, 0, ...entry.add, 255, share, share, share, 0], at);
        }
      }
      settle();
      kernel.bands(
        target.address,
        under.address,
        field.values.byteOffset,
        field.noise.byteOffset,
        pixelCount,
        Math.round(front),
        shift,
        tableAddress,
      );
    },

    show(texture) {
      shown = texture;
    },

    expose(moments, draw) {
      const take = (seconds: number) => {
        canvas.show(still);
        draw(seconds);
        settle();
      };
      const keep = (place: number) => {
        exposures[place] ??= createTexture(width, height);
        exposures[place].pixels.set(target.pixels);
      };
      const mixIn = (place: number) =>
        kernel.average(target.address, exposures[place]!.address, pixelCount * 4);
      const pair = (first: number, second: number) => {
        take(first);
        keep(0);
        take(second);
        mixIn(0);
      };
      if (moments.length === 1) return take(moments[0]!);
      pair(moments[0]!, moments[1]!);
      if (moments.length === 2) return;
      keep(1);
      pair(moments[2]!, moments[3]!);
      mixIn(1);
    },

    finish(frameView, { luma, chroma, raise }) {
      const { stride } = frameView;
      const bytes = stride * height;
      const factor = (value: number) => Math.min(32767, Math.round(value * ONE));
      kernel.unpack(
        (shown ?? target).address,
        width,
        height,
        planesOut,
        stride,
        planesOut + bytes,
        planesOut + bytes * 1.25,
        factor(luma),
        factor(chroma),
        Math.round(raise),
      );
      const part = (from: number, count: number) => new Uint8Array(memory.buffer, planesOut + from, count);
      frameView.luma.set(part(0, bytes));
      frameView.blueChroma.set(part(bytes, bytes / 4));
      frameView.redChroma.set(part(bytes * 1.25, bytes / 4));
      if (!isMirrored) return;
      mirrorRows(frameView.luma, stride, width);
      mirrorRows(frameView.blueChroma, stride / 2, width / 2);
      mirrorRows(frameView.redChroma, stride / 2, width / 2);
    },
  };
  /** A frame's rows are at most a block longer than the picture is wide. */
  const planesOut = reserve((width + 64) * height * 1.5);
  canvas.warp(source, (x, y, point) => {
    point[0] = x;
    point[1] = y;
  });
  still.pixels.set(target.pixels);
  return canvas;
}

function isOpaque({ pixels }: Texture): boolean {
  for (let at = 3; at < pixels.length; at += 4) if (pixels[at] !== 255) return false;
  return true;
}

/** Exchanges left and right in the first `count` bytes of each row. */
function mirrorRows(bytes: Uint8Array, stride: number, count: number): void {
  for (let start = 0; start + count <= bytes.length; start += stride) {
    bytes.subarray(start, start + count).reverse();
  }
}

function createLightMap(width: number, height: number, cell: number): LightMap {
  const columns = Math.ceil(width / cell) + 2;
  const rows = Math.ceil(height / cell) + 2;
  const plane = () => new Float32Array(columns * rows);
  return { columns, rows, cell, shade: plane().fill(1), luma: plane(), blue: plane(), red: plane() };
}
