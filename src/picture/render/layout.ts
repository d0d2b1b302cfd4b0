import { BLOCK, FINE_BLOCK, meshSize } from './mesh.ts';
import { convertToYuv, type YuvPlanes } from './planes.ts';
import type { Size } from './size.ts';

const PAGE = 65536;

/** Bytes of the tile that film grain is taken from. */
const GRAIN_BYTES = 65536;

/** A rectangle of the source in pixels of luma; all four numbers are even. */
export interface Rectangle extends Size {
  left: number;
  top: number;
}

/** What a clip needs besides the picture and its frames. */
export interface KernelParts {
  /** Regions that flow. */
  regions: Rectangle[];
  /** What is drawn over the picture through a matte: its own near layer, or the picture that the video ends on. */
  over?: 'near' | 'last';
  /** Whether the mesh is twice as fine. Default false. */
  fine?: boolean;
}

/** Where everything lies in the kernel's memory, in bytes. Plain JSON: two threads that share it agree on it. */
export interface KernelLayout {
  source: Size;
  frame: Size;
  /** Pixels between two nodes of the mesh. */
  block: number;
  /** Bytes a row of luma in a frame: the width rounded up to whole blocks. */
  stride: number;
  /** For each picture (the first, the last) one entry per plane: luma, blue chroma, red chroma. */
  pictures: number[][];
  /** Quads of the picture, one entry per plane. */
  quads: number[];
  mesh: number;
  /** What is drawn over it. */
  over: { kind: 'near' | 'last'; quads: number[]; matte: number; mesh: number } | null;
  regions: { rectangle: Rectangle; detail: number[]; matte: number }[];
  /** Six values a node: see `flowPlane`. */
  flow: number;
  /** One byte a block. */
  active: number;
  /** One value a node, per plane. */
  light: number[];
  grain: number;
  /** 256 bytes. */
  table: number;
  /** One plane of luma, to build quads from. */
  scratch: number;
  frames: number[];
  total: number;
}

/** Plans the memory for a source, a frame size, a ring of frames, and what is drawn besides the picture. */
export function kernelLayout(
  source: Size,
  frame: Size,
  ringLength: number,
  parts: KernelParts = { regions: [] },
): KernelLayout {
  // The first kilobyte stays free: AssemblyScript keeps its statics there.
  let end = 1024;
  const reserve = (bytes: number) => {
    const start = end;
    end = Math.ceil((end + bytes + 64) / 256) * 256;
    return start;
  };
  const planeAreas = ({ width, height }: Size) => [
    width * height,
    (width * height) / 4,
    (width * height) / 4,
  ];
  const reserveQuads = (size: Size) => planeAreas(size).map((area) => reserve(area * 4));
  const pixels = source.width * source.height;
  const block = parts.fine ? FINE_BLOCK : BLOCK;
  const { columns, rows } = meshSize(frame, block);
  const nodes = columns * rows;
  const stride = (columns - 1) * block;
  return {
    source,
    frame,
    block,
    stride,
    pictures: Array.from({ length: parts.over === 'last' ? 2 : 1 }, () =>
      planeAreas(source).map((area) => reserve(area)),
    ),
    quads: reserveQuads(source),
    mesh: reserve(nodes * 8),
    over: parts.over
      ? {
          kind: parts.over,
          quads: reserveQuads(source),
          matte: reserve(pixels),
          mesh: reserve(nodes * 8),
        }
      : null,
    regions: parts.regions.map((rectangle) => ({
      rectangle,
      detail: reserveQuads(rectangle),
      matte: reserve(rectangle.width * rectangle.height),
    })),
    flow: reserve(nodes * 24),
    active: reserve(nodes),
    light: [0, 1, 2].map(() => reserve(nodes * 4)),
    grain: reserve(GRAIN_BYTES),
    table: reserve(256),
    scratch: reserve(pixels),
    frames: Array.from({ length: ringLength }, () => reserve(stride * frame.height * 1.5)),
    total: end,
  };
}

/** Shared memory that holds a layout. */
export function createKernelMemory(layout: KernelLayout): WebAssembly.Memory {
  const pages = Math.ceil(layout.total / PAGE) + 1;
  return new WebAssembly.Memory({ initial: pages, maximum: 32768, shared: true });
}

/** A picture inside the shared memory: the first (0) or the last (1). */
export function pictureView(memory: WebAssembly.Memory, layout: KernelLayout, index: number): YuvPlanes {
  const { width, height } = layout.source;
  const [luma, blue, red] = layout.pictures[index]!;
  const quarter = (width * height) / 4;
  return {
    width,
    height,
    luma: new Uint8Array(memory.buffer, luma!, width * height),
    blueChroma: new Uint8Array(memory.buffer, blue!, quarter),
    redChroma: new Uint8Array(memory.buffer, red!, quarter),
  };
}

/** Puts a picture into the memory: interleaved 8-bit sRGB of exactly the layout's source size. */
export function uploadPicture(
  memory: WebAssembly.Memory,
  layout: KernelLayout,
  rgb: Uint8Array,
  index = 0,
): void {
  convertToYuv(rgb, pictureView(memory, layout, index));
}

/** One frame inside the shared memory; rows may be longer than the frame is wide. */
export interface FrameView extends YuvPlanes {
  /** Bytes between two rows of luma; chroma rows take half. */
  stride: number;
}

/** A frame of the ring, as views on the memory. */
export function frameView(memory: WebAssembly.Memory, layout: KernelLayout, index: number): FrameView {
  const { stride, frame } = layout;
  const start = layout.frames[index]!;
  const luma = stride * frame.height;
  return {
    ...frame,
    stride,
    luma: new Uint8Array(memory.buffer, start, luma),
    blueChroma: new Uint8Array(memory.buffer, start + luma, luma / 4),
    redChroma: new Uint8Array(memory.buffer, start + (luma / 4) * 5, luma / 4),
  };
}
