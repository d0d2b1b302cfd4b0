import { BLOCK, type Mesh, meshSize } from './mesh.ts';
import { convertToYuv, type YuvPlanes } from './planes.ts';
import type { Size } from './size.ts';

/** What `warp.as.ts` exports. */
interface WarpExports {
  buildQuads(source: number, width: number, height: number, quads: number): void;
  warpPlane(
    quads: number,
    sourceWidth: number,
    sourceHeight: number,
    target: number,
    stride: number,
    fromRow: number,
    toRow: number,
    mesh: number,
    meshWidth: number,
    blockShift: number,
    scaleShift: number,
  ): void;
}

const PAGE = 65536;
const LUMA_SHIFT = Math.log2(BLOCK);

/** One frame inside the shared memory; rows may be longer than the frame is wide. */
export interface FrameView extends YuvPlanes {
  /** Bytes between two rows of luma; chroma rows take half. */
  stride: number;
}

/** Where everything lies in the kernel's memory, in bytes. Plain JSON: two threads that share it agree on it. */
export interface KernelLayout {
  source: Size;
  frame: Size;
  /** Bytes a row of luma in a frame: the width rounded up to whole blocks. */
  stride: number;
  /** One entry per plane: luma, blue chroma, red chroma. */
  planes: number[];
  quads: number[];
  mesh: number;
  frames: number[];
  total: number;
}

/** Plans the memory for a source, a frame size and a ring of frames. */
export function kernelLayout(source: Size, frame: Size, ringLength: number): KernelLayout {
  // The first kilobyte stays free: AssemblyScript keeps its statics there.
  let end = 1024;
  const reserve = (bytes: number) => {
    const start = end;
    end = Math.ceil((end + bytes + 64) / 256) * 256;
    return start;
  };
  const pixels = source.width * source.height;
  const areas = [pixels, pixels / 4, pixels / 4];
  const { columns, rows } = meshSize(frame);
  const stride = (columns - 1) * BLOCK;
  return {
    source,
    frame,
    stride,
    planes: areas.map((area) => reserve(area)),
    quads: areas.map((area) => reserve(area * 4)),
    mesh: reserve(columns * rows * 8),
    frames: Array.from({ length: ringLength }, () => reserve(stride * frame.height * 1.5)),
    total: end,
  };
}

/** Shared memory that holds a layout. */
export function createKernelMemory(layout: KernelLayout): WebAssembly.Memory {
  const pages = Math.ceil(layout.total / PAGE) + 1;
  return new WebAssembly.Memory({ initial: pages, maximum: 32768, shared: true });
}

/** Puts the picture into the memory: interleaved 8-bit sRGB of exactly the layout's source size. */
export function uploadPicture(memory: WebAssembly.Memory, layout: KernelLayout, rgb: Uint8Array): void {
  const { width, height } = layout.source;
  const plane = (index: number, length: number) =>
    new Uint8Array(memory.buffer, layout.planes[index]!, length);
  convertToYuv(rgb, {
    width,
    height,
    luma: plane(0, width * height),
    blueChroma: plane(1, (width * height) / 4),
    redChroma: plane(2, (width * height) / 4),
  });
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

/** The warp on one thread: owns the mesh, draws into any frame of the ring. */
export interface Kernel {
  readonly mesh: Mesh;
  /** Draws the picture through the mesh as it stands into a frame of the ring. */
  draw(frameIndex: number): void;
}

/** Instantiates the compiled kernel on a memory whose picture has been uploaded. */
export function createKernel(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  layout: KernelLayout,
): Kernel {
  const instance = new WebAssembly.Instance(module, {
    env: {
      memory,
      abort: () => {
        throw new Error('The warp kernel aborted.');
      },
    },
  });
  const { buildQuads, warpPlane } = instance.exports as WarpExports;
  const { source, frame, stride } = layout;
  for (let plane = 0; plane < 3; plane++) {
    const half = plane === 0 ? 0 : 1;
    buildQuads(layout.planes[plane]!, source.width >> half, source.height >> half, layout.quads[plane]!);
  }
  const { columns, rows } = meshSize(frame);
  const nodes = new Int32Array(memory.buffer, layout.mesh, columns * rows * 2);
  return {
    mesh: { columns, rows, nodes },
    draw(frameIndex) {
      let target = layout.frames[frameIndex]!;
      for (let plane = 0; plane < 3; plane++) {
        const half = plane === 0 ? 0 : 1;
        warpPlane(
          layout.quads[plane]!,
          source.width >> half,
          source.height >> half,
          target,
          stride >> half,
          0,
          frame.height >> half,
          layout.mesh,
          columns,
          LUMA_SHIFT - half,
          half,
        );
        target += (stride >> half) * (frame.height >> half);
      }
    },
  };
}
