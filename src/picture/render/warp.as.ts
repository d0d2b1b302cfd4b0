// The per-pixel heart of the renderer, in AssemblyScript (compiled to WebAssembly SIMD by scripts/build.mjs).
//
// A plane is warped backwards through a mesh: one node per block holds the source position (u, v) of that block's
// top left pixel as 16.16 fixed point. Inside a block positions are interpolated, samples are bilinear with 7-bit
// weights. The source is stored as "quads": for each pixel the bytes of itself, the one below, the one to the right
// and the one below right, so that one 32-bit load brings all four taps of a bilinear sample.

/** Rounding constant and shift of two 7-bit weights. */
const HALF: i32 = 8192;
const SHIFT: i32 = 14;

/** Writes the quads of a plane of `width` × `height` bytes at `source` to `quads` (4 bytes a pixel). */
export function buildQuads(source: usize, width: i32, height: i32, quads: usize): void {
  for (let y = 0; y < height; y++) {
    const row = source + y * width;
    const below = source + (y + 1 < height ? y + 1 : y) * width;
    const out = quads + ((y * width) << 2);
    let x = 0;
    for (; x < width - 17; x += 16) {
      const a = v128.load(row + x);
      const b = v128.load(below + x);
      const aRight = v128.load(row + x, 1);
      const bRight = v128.load(below + x, 1);
      const low = i8x16.shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      const high = i8x16.shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
      const lowRight = i8x16.shuffle(aRight, bRight, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      const highRight = i8x16.shuffle(aRight, bRight, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
      const to = out + (x << 2);
      v128.store(to, i16x8.shuffle(low, lowRight, 0, 8, 1, 9, 2, 10, 3, 11));
      v128.store(to, i16x8.shuffle(low, lowRight, 4, 12, 5, 13, 6, 14, 7, 15), 16);
      v128.store(to, i16x8.shuffle(high, highRight, 0, 8, 1, 9, 2, 10, 3, 11), 32);
      v128.store(to, i16x8.shuffle(high, highRight, 4, 12, 5, 13, 6, 14, 7, 15), 48);
    }
    for (; x < width; x++) {
      const right = x + 1 < width ? x + 1 : x;
      store<u32>(
        out + (x << 2),
        <u32>load<u8>(row + x) |
          (<u32>load<u8>(below + x) << 8) |
          (<u32>load<u8>(row + right) << 16) |
          (<u32>load<u8>(below + right) << 24),
      );
    }
  }
}

// Four bilinear samples at (u, v); `pitch` holds the pair (1, source width) in each lane, so that one multiply-add
// turns the integer parts into addresses.
@inline
function sampleFour(quads: usize, pitch: v128, u: v128, v: v128): v128 {
  const position = v128.or(i32x4.shr_u(u, 16), v128.and(v, i32x4.splat(0xffff0000)));
  const address = i32x4.shl(i32x4.dot_i16x8_s(position, pitch), 2);
  let taps = v128.load_zero<u32>(quads + <usize>i32x4.extract_lane(address, 0));
  taps = v128.load_lane<u32>(quads + <usize>i32x4.extract_lane(address, 1), taps, 1);
  taps = v128.load_lane<u32>(quads + <usize>i32x4.extract_lane(address, 2), taps, 2);
  taps = v128.load_lane<u32>(quads + <usize>i32x4.extract_lane(address, 3), taps, 3);
  const fractionX = v128.and(i32x4.shr_u(u, 9), i32x4.splat(127));
  const fractionY = v128.and(i32x4.shr_u(v, 9), i32x4.splat(127));
  const weightX = v128.or(i32x4.sub(i32x4.splat(128), fractionX), i32x4.shl(fractionX, 16));
  const weightY = v128.or(i32x4.sub(i32x4.splat(128), fractionY), i32x4.shl(fractionY, 16));
  const top = i32x4.dot_i16x8_s(v128.and(taps, i32x4.splat(0x00ff00ff)), weightX);
  const bottom = i32x4.dot_i16x8_s(i16x8.shr_u(taps, 8), weightX);
  const sum = i32x4.dot_i16x8_s(v128.or(top, i32x4.shl(bottom, 16)), weightY);
  return i32x4.shr_u(i32x4.add(sum, i32x4.splat(HALF)), SHIFT);
}

/**
 * Warps one plane.
 *
 * @param quads source, as written by buildQuads
 * @param sourceWidth, sourceHeight its size; each below 32,768
 * @param target first byte of the target plane; rows are `stride` bytes apart, a multiple of the block size
 * @param fromRow, toRow rows to draw; the first is a block's
 * @param mesh nodes (i32 u, i32 v), `meshWidth` a row, one row per block row and one more at the bottom
 * @param blockShift log2 of the block size in this plane's pixels: 4 or 3 for luma, one less for chroma
 * @param scaleShift how far positions are halved for this plane (0 for luma, 1 for chroma)
 */
export function warpPlane(
  quads: usize,
  sourceWidth: i32,
  sourceHeight: i32,
  target: usize,
  stride: i32,
  fromRow: i32,
  toRow: i32,
  mesh: usize,
  meshWidth: i32,
  blockShift: i32,
  scaleShift: i32,
): void {
  const lastU = ((sourceWidth - 1) << 16) - 1;
  const lastV = ((sourceHeight - 1) << 16) - 1;
  const maxU = i32x4.splat(lastU);
  const maxV = i32x4.splat(lastV);
  const last = i32x4(lastU, lastV, lastU, lastV);
  const pitch = i32x4.splat(1 | (sourceWidth << 16));
  const lanes = i32x4(0, 1, 2, 3);
  const block: i32 = 1 << blockShift;
  for (let blockRow = fromRow >> blockShift; blockRow << blockShift < toRow; blockRow++) {
    const from = blockRow << blockShift;
    const to = from + block < toRow ? from + block : toRow;
    let upper = mesh + ((blockRow * meshWidth) << 3);
    let lower = upper + (meshWidth << 3);
    for (let x = 0; x < stride; x += block, upper += 8, lower += 8) {
      // The positions of the block's left and right edge, (u, v, u, v), take a step for each row.
      let edges = v128.load(upper);
      const edgesStep = i32x4.shr_s(i32x4.sub(v128.load(lower), edges), blockShift + scaleShift);
      edges = i32x4.shr_s(edges, scaleShift);
      let row = target + from * stride + x;
      for (let y = from; y < to; y++, row += stride) {
        const step = i32x4.shr_s(i32x4.sub(i32x4.shuffle(edges, edges, 2, 3, 2, 3), edges), blockShift);
        const stepU = i32x4.shuffle(step, step, 0, 0, 0, 0);
        const stepV = i32x4.shuffle(step, step, 1, 1, 1, 1);
        let u = i32x4.add(i32x4.shuffle(edges, edges, 0, 0, 0, 0), i32x4.mul(stepU, lanes));
        let v = i32x4.add(i32x4.shuffle(edges, edges, 1, 1, 1, 1), i32x4.mul(stepV, lanes));
        if (block == 4) {
          storeFour(row, sampleFour(quads, pitch, within(u, maxU), within(v, maxV)));
        } else if (i32x4.bitmask(v128.or(edges, i32x4.sub(last, edges))) == 0) {
          // Both ends inside: no sample between them can leave the source, so nothing needs clamping.
          for (let k = 0; k < block; k += 8) {
            const first = sampleFour(quads, pitch, u, v);
            u = i32x4.add(u, i32x4.shl(stepU, 2));
            v = i32x4.add(v, i32x4.shl(stepV, 2));
            storeEight(row + k, first, sampleFour(quads, pitch, u, v));
            u = i32x4.add(u, i32x4.shl(stepU, 2));
            v = i32x4.add(v, i32x4.shl(stepV, 2));
          }
        } else {
          for (let k = 0; k < block; k += 8) {
            const first = sampleFour(quads, pitch, within(u, maxU), within(v, maxV));
            u = i32x4.add(u, i32x4.shl(stepU, 2));
            v = i32x4.add(v, i32x4.shl(stepV, 2));
            storeEight(row + k, first, sampleFour(quads, pitch, within(u, maxU), within(v, maxV)));
            u = i32x4.add(u, i32x4.shl(stepU, 2));
            v = i32x4.add(v, i32x4.shl(stepV, 2));
          }
        }
        edges = i32x4.add(edges, edgesStep);
      }
    }
  }
}

@inline
function storeEight(address: usize, first: v128, second: v128): void {
  const words = i16x8.narrow_i32x4_u(first, second);
  v128.store64_lane(address, i8x16.narrow_i16x8_u(words, words), 0);
}

// The linear change of one value of the mesh inside a block: its value at the block's left edge in this row.
@inline
function edge(node: usize, below: usize, weight: i32, block: i32, shift: i32): i32 {
  return <i32>((<i64>load<i32>(node) * (block - weight) + <i64>load<i32>(below) * weight) >> shift);
}

// Four positions that start at `left` and end, one block on, at `right`.
@inline
function ramp(left: i32, right: i32, blockShift: i32, lanes: v128): v128 {
  return i32x4.add(i32x4.splat(left), i32x4.mul(i32x4.splat((right - left) >> blockShift), lanes));
}

@inline
function within(position: v128, last: v128): v128 {
  return i32x4.min_s(i32x4.max_s(position, i32x4.splat(0)), last);
}

@inline
function loadFour(address: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load_zero<u32>(address)));
}

@inline
function storeFour(address: usize, values: v128): void {
  const words = i16x8.narrow_i32x4_s(values, values);
  v128.store_lane<u32>(address, i8x16.narrow_i16x8_u(words, words), 0);
}

/**
 * Draws a warped plane over what the target holds, through a matte. Blocks whose byte in `active` is 0 are passed over.
 *
 * @param matte quads of a plane of half the source's width and height, warped through the same mesh
 * @param threshold, slope opacity (0–256) is (matte − threshold) × slope / 256
 * @param active one byte a block, `meshWidth − 1` a row
 * Other parameters as in warpPlane.
 */
export function overPlane(
  quads: usize,
  sourceWidth: i32,
  sourceHeight: i32,
  matte: usize,
  matteWidth: i32,
  matteHeight: i32,
  threshold: i32,
  slope: i32,
  target: usize,
  stride: i32,
  toRow: i32,
  mesh: usize,
  meshWidth: i32,
  active: usize,
  blockShift: i32,
  scaleShift: i32,
): void {
  const maxU = i32x4.splat(((sourceWidth - 1) << 16) - 1);
  const maxV = i32x4.splat(((sourceHeight - 1) << 16) - 1);
  const matteMaxU = i32x4.splat(((matteWidth - 1) << 16) - 1);
  const matteMaxV = i32x4.splat(((matteHeight - 1) << 16) - 1);
  const pitch = i32x4.splat(1 | (sourceWidth << 16));
  const mattePitch = i32x4.splat(1 | (matteWidth << 16));
  const lanes = i32x4(0, 1, 2, 3);
  const block: i32 = 1 << blockShift;
  const shift = blockShift + scaleShift;
  const toMatte = 1 - scaleShift;
  for (let y = 0; y < toRow; y++) {
    const weight = y & (block - 1);
    const blockRow = y >> blockShift;
    const row = target + y * stride;
    for (let x = 0; x < stride; x += block) {
      const column = x >> blockShift;
      if (load<u8>(active + blockRow * (meshWidth - 1) + column) == 0) continue;
      const upper = mesh + ((blockRow * meshWidth + column) << 3);
      const lower = upper + (meshWidth << 3);
      const leftU = edge(upper, lower, weight, block, shift);
      const leftV = edge(upper + 4, lower + 4, weight, block, shift);
      const rightU = edge(upper + 8, lower + 8, weight, block, shift);
      const rightV = edge(upper + 12, lower + 12, weight, block, shift);
      let u = ramp(leftU, rightU, blockShift, lanes);
      let v = ramp(leftV, rightV, blockShift, lanes);
      const nextU = i32x4.splat(((rightU - leftU) >> blockShift) << 2);
      const nextV = i32x4.splat(((rightV - leftV) >> blockShift) << 2);
      for (let k = 0; k < block; k += 4) {
        const seen = sampleFour(
          matte,
          mattePitch,
          within(i32x4.shr_s(u, toMatte), matteMaxU),
          within(i32x4.shr_s(v, toMatte), matteMaxV),
        );
        const raised = i32x4.shr_s(i32x4.mul(i32x4.sub(seen, i32x4.splat(threshold)), i32x4.splat(slope)), 8);
        const opacity = i32x4.min_s(i32x4.max_s(raised, i32x4.splat(0)), i32x4.splat(256));
        if (v128.any_true(opacity)) {
          const colour = sampleFour(quads, pitch, within(u, maxU), within(v, maxV));
          const behind = loadFour(row + x + k);
          const change = i32x4.mul(i32x4.sub(colour, behind), opacity);
          storeFour(row + x + k, i32x4.add(behind, i32x4.shr_s(i32x4.add(change, i32x4.splat(128)), 8)));
        }
        u = i32x4.add(u, nextU);
        v = i32x4.add(v, nextV);
      }
    }
  }
}

/**
 * Lets the detail of a region flow: takes its detail away from where it was and adds two moved copies of it,
 *
 *     target += matte · (weight1 · detail(u1, v1) + weight2 · detail(u2, v2) − weight0 · detail(u, v))
 *
 * The region is a rectangle of the source with planes of its own; `detail` is stored plus 128.
 *
 * @param detail, matte quads; the matte has half the region's width and height
 * @param left, top where the region begins in this plane's source pixels; width and height its size in them
 * @param weight0 0–256
 * @param mesh where the frame looks in the source, as in warpPlane
 * @param flow six i32 a node: u1, v1, u2, v2 as in the mesh, weight1, weight2 (256 is one)
 * @param active one byte a block, `meshWidth − 1` a row
 */
export function flowPlane(
  detail: usize,
  matte: usize,
  left: i32,
  top: i32,
  width: i32,
  height: i32,
  weight0: i32,
  target: usize,
  stride: i32,
  toRow: i32,
  mesh: usize,
  flow: usize,
  meshWidth: i32,
  active: usize,
  blockShift: i32,
  scaleShift: i32,
): void {
  const maxU = i32x4.splat(((width - 1) << 16) - 1);
  const maxV = i32x4.splat(((height - 1) << 16) - 1);
  const last = i32x4.shuffle(maxU, maxV, 0, 4, 0, 4);
  const matteWidth = scaleShift == 0 ? width >> 1 : width;
  const matteHeight = scaleShift == 0 ? height >> 1 : height;
  const matteMaxU = i32x4.splat(((matteWidth - 1) << 16) - 1);
  const matteMaxV = i32x4.splat(((matteHeight - 1) << 16) - 1);
  const pitch = i32x4.splat(1 | (width << 16));
  const mattePitch = i32x4.splat(1 | (matteWidth << 16));
  const lanes = i32x4(0, 1, 2, 3);
  const zero = i32x4.splat(128);
  const word = i32x4.splat(0xffff);
  const still = i32x4.splat(weight0);
  const offset = i32x4(left << 16, top << 16, left << 16, top << 16);
  const offset0 = i32x4(left << 16, top << 16, 0, 0);
  const block: i32 = 1 << blockShift;
  const shift = blockShift + scaleShift;
  const toMatte = 1 - scaleShift;
  const blocks = meshWidth - 1;
  for (let blockRow = 0; blockRow << blockShift < toRow; blockRow++) {
    const from = blockRow << blockShift;
    const to = from + block < toRow ? from + block : toRow;
    for (let column = 0; column < blocks; column++) {
      if (load<u8>(active + blockRow * blocks + column) == 0) continue;
      // What changes linearly inside the block: (u1, v1, u2, v2), and with it (u0, v0, weight1, weight2). Both begin at the
      // block's upper corners and take a step for each row.
      const node = blockRow * meshWidth + column;
      const near = flow + node * 24;
      const far = near + meshWidth * 24;
      let leftCopies = v128.load(near);
      let rightCopies = v128.load(near, 24);
      const leftStep = i32x4.shr_s(i32x4.sub(v128.load(far), leftCopies), shift);
      const rightStep = i32x4.shr_s(i32x4.sub(v128.load(far, 24), rightCopies), shift);
      leftCopies = i32x4.sub(i32x4.shr_s(leftCopies, scaleShift), offset);
      rightCopies = i32x4.sub(i32x4.shr_s(rightCopies, scaleShift), offset);
      const corner = mesh + (node << 3);
      const below = corner + (meshWidth << 3);
      let leftPlace = i32x4.sub(placeOf(corner, near, scaleShift), offset0);
      let rightPlace = i32x4.sub(placeOf(corner + 8, near + 24, scaleShift), offset0);
      const leftPlaceEnd = i32x4.sub(placeOf(below, far, scaleShift), offset0);
      const rightPlaceEnd = i32x4.sub(placeOf(below + 8, far + 24, scaleShift), offset0);
      const leftPlaceStep = i32x4.shr_s(i32x4.sub(leftPlaceEnd, leftPlace), blockShift);
      const rightPlaceStep = i32x4.shr_s(i32x4.sub(rightPlaceEnd, rightPlace), blockShift);
      let row = target + from * stride + (column << blockShift);
      for (let y = from; y < to; y++, row += stride) {
        const copies = i32x4.shr_s(i32x4.sub(rightCopies, leftCopies), blockShift);
        const place = i32x4.shr_s(i32x4.sub(rightPlace, leftPlace), blockShift);
        // Both copies inside at both ends: nothing between needs clamping.
        const beyond = v128.or(
          v128.or(leftCopies, rightCopies),
          v128.or(i32x4.sub(last, leftCopies), i32x4.sub(last, rightCopies)),
        );
        const isInside = i32x4.bitmask(beyond) == 0;
        const stepU0 = i32x4.shuffle(place, place, 0, 0, 0, 0);
        const stepV0 = i32x4.shuffle(place, place, 1, 1, 1, 1);
        const stepWeight1 = i32x4.shuffle(place, place, 2, 2, 2, 2);
        const stepWeight2 = i32x4.shuffle(place, place, 3, 3, 3, 3);
        const stepU1 = i32x4.shuffle(copies, copies, 0, 0, 0, 0);
        const stepV1 = i32x4.shuffle(copies, copies, 1, 1, 1, 1);
        const stepU2 = i32x4.shuffle(copies, copies, 2, 2, 2, 2);
        const stepV2 = i32x4.shuffle(copies, copies, 3, 3, 3, 3);
        let u0 = i32x4.add(i32x4.shuffle(leftPlace, leftPlace, 0, 0, 0, 0), i32x4.mul(stepU0, lanes));
        let v0 = i32x4.add(i32x4.shuffle(leftPlace, leftPlace, 1, 1, 1, 1), i32x4.mul(stepV0, lanes));
        // The weights change little inside a block, but a step between two blocks would show on smooth water.
        let weight1 = i32x4.add(i32x4.shuffle(leftPlace, leftPlace, 2, 2, 2, 2), i32x4.mul(stepWeight1, lanes));
        let weight2 = i32x4.add(i32x4.shuffle(leftPlace, leftPlace, 3, 3, 3, 3), i32x4.mul(stepWeight2, lanes));
        let u1 = i32x4.add(i32x4.shuffle(leftCopies, leftCopies, 0, 0, 0, 0), i32x4.mul(stepU1, lanes));
        let v1 = i32x4.add(i32x4.shuffle(leftCopies, leftCopies, 1, 1, 1, 1), i32x4.mul(stepV1, lanes));
        let u2 = i32x4.add(i32x4.shuffle(leftCopies, leftCopies, 2, 2, 2, 2), i32x4.mul(stepU2, lanes));
        let v2 = i32x4.add(i32x4.shuffle(leftCopies, leftCopies, 3, 3, 3, 3), i32x4.mul(stepV2, lanes));
        for (let k = 0; k < block; k += 4) {
          const seen = sampleFour(
            matte,
            mattePitch,
            within(i32x4.shr_s(u0, toMatte), matteMaxU),
            within(i32x4.shr_s(v0, toMatte), matteMaxV),
          );
          if (v128.any_true(seen)) {
            const share = i32x4.add(seen, i32x4.shr_u(seen, 7));
            let first: v128, second: v128;
            if (isInside) {
              first = sampleFour(detail, pitch, u1, v1);
              second = sampleFour(detail, pitch, u2, v2);
            } else {
              first = sampleFour(detail, pitch, within(u1, maxU), within(v1, maxV));
              second = sampleFour(detail, pitch, within(u2, maxU), within(v2, maxV));
            }
            // One multiply-add of pairs of 16 bits.
            const both = v128.or(v128.and(i32x4.sub(first, zero), word), i32x4.shl(i32x4.sub(second, zero), 16));
            const weights = v128.or(i32x4.shr_s(weight1, 8), i32x4.shl(i32x4.shr_s(weight2, 8), 16));
            let change = i32x4.dot_i16x8_s(both, weights);
            if (weight0 != 0) {
              const own = sampleFour(detail, pitch, within(u0, maxU), within(v0, maxV));
              change = i32x4.sub(change, i32x4.mul(i32x4.sub(own, zero), still));
            }
            const rounded = i32x4.add(i32x4.mul(change, share), i32x4.splat(32768));
            storeFour(row + k, i32x4.add(loadFour(row + k), i32x4.shr_s(rounded, 16)));
          }
          u0 = i32x4.add(u0, i32x4.shl(stepU0, 2));
          v0 = i32x4.add(v0, i32x4.shl(stepV0, 2));
          u1 = i32x4.add(u1, i32x4.shl(stepU1, 2));
          v1 = i32x4.add(v1, i32x4.shl(stepV1, 2));
          u2 = i32x4.add(u2, i32x4.shl(stepU2, 2));
          v2 = i32x4.add(v2, i32x4.shl(stepV2, 2));
          weight1 = i32x4.add(weight1, i32x4.shl(stepWeight1, 2));
          weight2 = i32x4.add(weight2, i32x4.shl(stepWeight2, 2));
        }
        leftCopies = i32x4.add(leftCopies, leftStep);
        rightCopies = i32x4.add(rightCopies, rightStep);
        leftPlace = i32x4.add(leftPlace, leftPlaceStep);
        rightPlace = i32x4.add(rightPlace, rightPlaceStep);
      }
    }
  }
}

// Of a node (u0, v0, weight1, weight2), the weights in 256ths of their unit, for finer steps.
@inline
function placeOf(node: usize, flow: usize, scaleShift: i32): v128 {
  const values = v128.load64_lane(flow + 16, v128.load64_zero(node), 1);
  return i32x4.shuffle(i32x4.shr_s(values, scaleShift), i32x4.shl(values, 8), 0, 1, 6, 7);
}

/**
 * Adds a soft light to a plane: one i32 a node (256 is one step of the plane), interpolated between them.
 */
export function addLight(
  target: usize,
  stride: i32,
  toRow: i32,
  light: usize,
  meshWidth: i32,
  blockShift: i32,
): void {
  const lanes = i32x4(0, 1, 2, 3);
  const block: i32 = 1 << blockShift;
  for (let y = 0; y < toRow; y++) {
    const weight = y & (block - 1);
    const row = target + y * stride;
    let node = light + (((y >> blockShift) * meshWidth) << 2);
    for (let x = 0; x < stride; x += block, node += 4) {
      const below = node + (meshWidth << 2);
      const left = edge(node, below, weight, block, blockShift) << 6;
      const right = edge(node + 4, below + 4, weight, block, blockShift) << 6;
      if ((left | right) == 0) continue;
      let value = i32x4.add(ramp(left, right, blockShift, lanes), i32x4.splat(1 << 13));
      const next = i32x4.splat(((right - left) >> blockShift) << 2);
      for (let k = 0; k < block; k += 4) {
        storeFour(row + x + k, i32x4.add(loadFour(row + x + k), i32x4.shr_s(value, 14)));
        value = i32x4.add(value, next);
      }
    }
  }
}

/**
 * Adds grain from a tile of 256 × 256 signed bytes that begins at a place of its own in each frame.
 *
 * @param amount 128 adds the tile as it is
 */
export function addGrain(
  target: usize,
  stride: i32,
  toRow: i32,
  tile: usize,
  startX: i32,
  startY: i32,
  amount: i32,
): void {
  const factor = i16x8.splat(<i16>amount);
  for (let y = 0; y < toRow; y++) {
    const row = target + y * stride;
    const grain = tile + (((y + startY) & 255) << 8);
    for (let x = 0; x < stride; x += 8) {
      const noise = i16x8.extend_low_i8x16_s(v128.load64_zero(grain + ((x + startX) & 248)));
      const added = i16x8.shr_s(i16x8.mul(noise, factor), 7);
      const seen = i16x8.extend_low_i8x16_u(v128.load64_zero(row + x));
      const sum = i16x8.add(seen, added);
      v128.store64_lane(row + x, i8x16.narrow_i16x8_u(sum, sum), 0);
    }
  }
}

/** Replaces each byte by its entry in a table of 256. */
export function gradeLuma(target: usize, count: i32, table: usize): void {
  for (let at = target; at < target + count; at += 4) {
    const seen = load<u32>(at);
    store<u32>(
      at,
      <u32>load<u8>(table + (seen & 255)) |
        (<u32>load<u8>(table + ((seen >> 8) & 255)) << 8) |
        (<u32>load<u8>(table + ((seen >> 16) & 255)) << 16) |
        (<u32>load<u8>(table + (seen >> 24)) << 24),
    );
  }
}

/**
 * Mixes the chroma planes: blue' = (a · blue + b · red) / 4096 + c, red' = (d · blue + e · red) / 4096 + f, with blue and
 * red as their distance from 128.
 */
export function gradeChroma(
  blue: usize,
  red: usize,
  count: i32,
  a: i32,
  b: i32,
  c: i32,
  d: i32,
  e: i32,
  f: i32,
): void {
  const zero = i32x4.splat(128);
  for (let at = 0; at < count; at += 4) {
    const x = i32x4.sub(loadFour(blue + at), zero);
    const y = i32x4.sub(loadFour(red + at), zero);
    const newBlue = i32x4.add(i32x4.mul(x, i32x4.splat(a)), i32x4.mul(y, i32x4.splat(b)));
    const newRed = i32x4.add(i32x4.mul(x, i32x4.splat(d)), i32x4.mul(y, i32x4.splat(e)));
    storeFour(blue + at, i32x4.add(i32x4.shr_s(newBlue, 12), i32x4.splat(c + 128)));
    storeFour(red + at, i32x4.add(i32x4.shr_s(newRed, 12), i32x4.splat(f + 128)));
  }
}
