import type { KernelLayout } from './layout.ts';
import { type Mesh, meshSize } from './mesh.ts';

export type { FrameView } from './layout.ts';

/** What `warp.as.ts` exports; every argument is a number. */
type WarpExports = Record<
  | 'buildQuads'
  | 'warpPlane'
  | 'overPlane'
  | 'flowPlane'
  | 'addLight'
  | 'addGrain'
  | 'gradeLuma'
  | 'gradeChroma',
  (...values: number[]) => void
>;

/** Detail that is weaker than this, in steps on average, is not seen when it moves. */
const FAINTEST_DETAIL = 0.8;

/** How a frame's colours are changed. */
export interface ColourTable {
  /** 256 bytes: what each value of luma becomes. */
  luma: Uint8Array;
  /** blue' = a·blue + b·red + c, red' = d·blue + e·red + f; chroma as its distance from grey in steps. */
  chroma: [a: number, b: number, c: number, d: number, e: number, f: number];
}

/** The compiled loops on one thread: owns the meshes, draws into any frame of the ring. */
export interface Kernel {
  readonly layout: KernelLayout;
  readonly memory: WebAssembly.Memory;
  readonly mesh: Mesh;
  /** The mesh of what is drawn over the picture. */
  readonly overMesh: Mesh;
  /** Six values a node; see `flowPlane`. */
  readonly flow: Int32Array;
  /** One byte a block: whether the next operation on a matte or a region touches it. */
  readonly active: Uint8Array;
  /** Light to add, one value a node and plane; 256 is one step. */
  readonly light: Int32Array[];
  /** 256 × 256 signed bytes of grain. */
  readonly grain: Int8Array;
  /** Makes the quads of the picture, or of what is drawn over it, from an uploaded picture as it stands. */
  load(target: 'picture' | 'over', index: number): void;
  /** Sets the matte of what is drawn over the picture: half the source's width and height. */
  loadMatte(matte: Uint8Array): void;
  /** Sets a region's detail (plus 128; luma, blue, red) and its matte of half the width and height. */
  loadRegion(index: number, detail: Uint8Array[], matte: Uint8Array): void;
  /** Draws the picture through the mesh as it stands into a frame of the ring. */
  draw(frameIndex: number): void;
  /** Draws the near layer or the last picture over it: opacity = (matte − threshold) · slope / 256, 256 is opaque. */
  drawOver(frameIndex: number, threshold: number, slope: number): void;
  /** Lets a region flow; `share` (0–256) is how much of its own detail goes. */
  drawFlow(frameIndex: number, region: number, share: number): void;
  /** Adds the light. */
  drawLight(frameIndex: number): void;
  /** Adds the grain, beginning at a place in its tile; 128 adds it as it is. */
  drawGrain(frameIndex: number, startX: number, startY: number, amount: number): void;
  /** Changes the colours of a finished frame. */
  grade(frameIndex: number, table: ColourTable): void;
}

/** Instantiates the compiled kernel on a memory whose pictures have been uploaded. */
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
  const warp = instance.exports as WarpExports;
  const { source, frame, block, stride, over, regions } = layout;
  const lumaShift = Math.log2(block);
  const { columns, rows } = meshSize(frame, block);
  const nodes = columns * rows;
  const meshAt = (start: number): Mesh => ({
    block,
    columns,
    rows,
    nodes: new Int32Array(memory.buffer, start, nodes * 2),
  });
  const eachPlane = (frameIndex: number, visit: (plane: number, target: number, half: number) => void) => {
    let target = layout.frames[frameIndex]!;
    for (let plane = 0; plane < 3; plane++) {
      const half = plane === 0 ? 0 : 1;
      visit(plane, target, half);
      target += (stride >> half) * (frame.height >> half);
    }
  };
  const buildFrom = (bytes: Uint8Array, width: number, height: number, quads: number) => {
    new Uint8Array(memory.buffer, layout.scratch, bytes.length).set(bytes);
    warp.buildQuads(layout.scratch, width, height, quads);
  };
  /** Planes of each region that have detail worth moving: water has little colour of its own. */
  const busyPlanes: boolean[][] = [];
  const kernel: Kernel = {
    layout,
    memory,
    mesh: meshAt(layout.mesh),
    overMesh: meshAt(over?.mesh ?? layout.mesh),
    flow: new Int32Array(memory.buffer, layout.flow, nodes * 6),
    active: new Uint8Array(memory.buffer, layout.active, nodes),
    light: layout.light.map((start) => new Int32Array(memory.buffer, start, nodes)),
    grain: new Int8Array(memory.buffer, layout.grain, 65536),
    load(target, index) {
      const quads = target === 'picture' ? layout.quads : over!.quads;
      layout.pictures[index]!.forEach((start, plane) => {
        const half = plane === 0 ? 0 : 1;
        warp.buildQuads(start, source.width >> half, source.height >> half, quads[plane]!);
      });
    },
    loadMatte(matte) {
      buildFrom(matte, source.width >> 1, source.height >> 1, over!.matte);
    },
    loadRegion(index, detail, matte) {
      const { rectangle, detail: quads, matte: matteQuads } = regions[index]!;
      busyPlanes[index] = detail.map(isBusy);
      detail.forEach((bytes, plane) => {
        const half = plane === 0 ? 0 : 1;
        buildFrom(bytes, rectangle.width >> half, rectangle.height >> half, quads[plane]!);
      });
      buildFrom(matte, rectangle.width >> 1, rectangle.height >> 1, matteQuads);
    },
    draw(frameIndex) {
      eachPlane(frameIndex, (plane, target, half) => {
        warp.warpPlane(
          layout.quads[plane]!,
          source.width >> half,
          source.height >> half,
          target,
          stride >> half,
          0,
          frame.height >> half,
          layout.mesh,
          columns,
          lumaShift - half,
          half,
        );
      });
    },
    drawOver(frameIndex, threshold, slope) {
      eachPlane(frameIndex, (plane, target, half) => {
        warp.overPlane(
          over!.quads[plane]!,
          source.width >> half,
          source.height >> half,
          over!.matte,
          source.width >> 1,
          source.height >> 1,
          threshold,
          slope,
          target,
          stride >> half,
          frame.height >> half,
          over!.mesh,
          columns,
          layout.active,
          lumaShift - half,
          half,
        );
      });
    },
    drawFlow(frameIndex, index, share) {
      const { rectangle, detail, matte } = regions[index]!;
      eachPlane(frameIndex, (plane, target, half) => {
        if (!busyPlanes[index]![plane]!) return;
        warp.flowPlane(
          detail[plane]!,
          matte,
          rectangle.left >> half,
          rectangle.top >> half,
          rectangle.width >> half,
          rectangle.height >> half,
          share,
          target,
          stride >> half,
          frame.height >> half,
          layout.mesh,
          layout.flow,
          columns,
          layout.active,
          lumaShift - half,
          half,
        );
      });
    },
    drawLight(frameIndex) {
      eachPlane(frameIndex, (plane, target, half) => {
        const rowCount = frame.height >> half;
        warp.addLight(target, stride >> half, rowCount, layout.light[plane]!, columns, lumaShift - half);
      });
    },
    drawGrain(frameIndex, startX, startY, amount) {
      const target = layout.frames[frameIndex]!;
      warp.addGrain(target, stride, frame.height, layout.grain, startX, startY, amount);
    },
    grade(frameIndex, { luma, chroma }) {
      new Uint8Array(memory.buffer, layout.table, 256).set(luma);
      const start = layout.frames[frameIndex]!;
      const count = stride * frame.height;
      const [a, b, c, d, e, f] = chroma;
      const fixed = (value: number) => Math.round(value * 4096);
      warp.gradeLuma(start, count, layout.table);
      const blue = start + count;
      const red = start + (count / 4) * 5;
      warp.gradeChroma(
        blue,
        red,
        count / 4,
        fixed(a),
        fixed(b),
        Math.round(c),
        fixed(d),
        fixed(e),
        Math.round(f),
      );
    },
  };
  kernel.load('picture', 0);
  return kernel;
}

/** Whether a plane of detail (plus 128) differs from none, on average over where there is any. */
function isBusy(detail: Uint8Array): boolean {
  let sum = 0;
  let count = 1;
  for (const value of detail) {
    if (value === 128) continue;
    sum += Math.abs(value - 128);
    count++;
  }
  return sum / Math.max(count, detail.length / 8) > FAINTEST_DETAIL;
}
