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
 * @param fromRow, toRow rows to draw
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
  const zero = i32x4.splat(0);
  const pitch = i32x4.splat(1 | (sourceWidth << 16));
  const lanes = i32x4(0, 1, 2, 3);
  const block: i32 = 1 << blockShift;
  const shift = blockShift + scaleShift;
  for (let y = fromRow; y < toRow; y++) {
    const weight = y & (block - 1);
    let upper = mesh + (((y >> blockShift) * meshWidth) << 3);
    let lower = upper + (meshWidth << 3);
    const row = target + y * stride;
    let leftU = <i32>((<i64>load<i32>(upper) * (block - weight) + <i64>load<i32>(lower) * weight) >> shift);
    let leftV = <i32>((<i64>load<i32>(upper, 4) * (block - weight) + <i64>load<i32>(lower, 4) * weight) >> shift);
    for (let x = 0; x < stride; x += block) {
      upper += 8;
      lower += 8;
      const rightU = <i32>((<i64>load<i32>(upper) * (block - weight) + <i64>load<i32>(lower) * weight) >> shift);
      const rightV = <i32>((<i64>load<i32>(upper, 4) * (block - weight) + <i64>load<i32>(lower, 4) * weight) >> shift);
      const stepU = (rightU - leftU) >> blockShift;
      const stepV = (rightV - leftV) >> blockShift;
      let u = i32x4.add(i32x4.splat(leftU), i32x4.mul(i32x4.splat(stepU), lanes));
      let v = i32x4.add(i32x4.splat(leftV), i32x4.mul(i32x4.splat(stepV), lanes));
      const nextU = i32x4.splat(stepU << 2);
      const nextV = i32x4.splat(stepV << 2);
      // All four corners inside: no sample of the block can leave the source, so nothing needs clamping.
      const inside =
        (leftU | leftV | rightU | rightV | (lastU - leftU) | (lastU - rightU) | (lastV - leftV) | (lastV - rightV)) >= 0;
      if (block == 4) {
        storeFour(row + x, sampleFour(quads, pitch, within(u, maxU), within(v, maxV)));
        leftU = rightU;
        leftV = rightV;
        continue;
      }
      for (let k = 0; k < block; k += 8) {
        let first: v128, second: v128;
        if (inside) {
          first = sampleFour(quads, pitch, u, v);
          u = i32x4.add(u, nextU);
          v = i32x4.add(v, nextV);
          second = sampleFour(quads, pitch, u, v);
        } else {
          first = sampleFour(quads, pitch, i32x4.min_s(i32x4.max_s(u, zero), maxU), i32x4.min_s(i32x4.max_s(v, zero), maxV));
          u = i32x4.add(u, nextU);
          v = i32x4.add(v, nextV);
          second = sampleFour(quads, pitch, i32x4.min_s(i32x4.max_s(u, zero), maxU), i32x4.min_s(i32x4.max_s(v, zero), maxV));
        }
        u = i32x4.add(u, nextU);
        v = i32x4.add(v, nextV);
        const bytes = i16x8.narrow_i32x4_u(first, second);
        v128.store64_lane(row + x + k, i8x16.narrow_i16x8_u(bytes, bytes), 0);
      }
      leftU = rightU;
      leftV = rightV;
    }
  }
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
  const matteWidth = scaleShift == 0 ? width >> 1 : width;
  const matteHeight = scaleShift == 0 ? height >> 1 : height;
  const matteMaxU = i32x4.splat(((matteWidth - 1) << 16) - 1);
  const matteMaxV = i32x4.splat(((matteHeight - 1) << 16) - 1);
  const pitch = i32x4.splat(1 | (width << 16));
  const mattePitch = i32x4.splat(1 | (matteWidth << 16));
  const lanes = i32x4(0, 1, 2, 3);
  const zero = i32x4.splat(128);
  const block: i32 = 1 << blockShift;
  const shift = blockShift + scaleShift;
  const toMatte = 1 - scaleShift;
  const offsetU = left << 16;
  const offsetV = top << 16;
  for (let y = 0; y < toRow; y++) {
    const weight = y & (block - 1);
    const blockRow = y >> blockShift;
    const row = target + y * stride;
    for (let x = 0; x < stride; x += block) {
      const column = x >> blockShift;
      if (load<u8>(active + blockRow * (meshWidth - 1) + column) == 0) continue;
      const node = blockRow * meshWidth + column;
      const upper = mesh + (node << 3);
      const lower = upper + (meshWidth << 3);
      const near = flow + node * 24;
      const far = near + meshWidth * 24;
      let left0 = edge(upper, lower, weight, block, shift) - offsetU;
      let right0 = edge(upper + 8, lower + 8, weight, block, shift) - offsetU;
      let u0 = ramp(left0, right0, blockShift, lanes);
      const stepU0 = i32x4.splat(((right0 - left0) >> blockShift) << 2);
      left0 = edge(upper + 4, lower + 4, weight, block, shift) - offsetV;
      right0 = edge(upper + 12, lower + 12, weight, block, shift) - offsetV;
      let v0 = ramp(left0, right0, blockShift, lanes);
      const stepV0 = i32x4.splat(((right0 - left0) >> blockShift) << 2);
      left0 = edge(near, far, weight, block, shift) - offsetU;
      right0 = edge(near + 24, far + 24, weight, block, shift) - offsetU;
      let u1 = ramp(left0, right0, blockShift, lanes);
      const stepU1 = i32x4.splat(((right0 - left0) >> blockShift) << 2);
      left0 = edge(near + 4, far + 4, weight, block, shift) - offsetV;
      right0 = edge(near + 28, far + 28, weight, block, shift) - offsetV;
      let v1 = ramp(left0, right0, blockShift, lanes);
      const stepV1 = i32x4.splat(((right0 - left0) >> blockShift) << 2);
      left0 = edge(near + 8, far + 8, weight, block, shift) - offsetU;
      right0 = edge(near + 32, far + 32, weight, block, shift) - offsetU;
      let u2 = ramp(left0, right0, blockShift, lanes);
      const stepU2 = i32x4.splat(((right0 - left0) >> blockShift) << 2);
      left0 = edge(near + 12, far + 12, weight, block, shift) - offsetV;
      right0 = edge(near + 36, far + 36, weight, block, shift) - offsetV;
      let v2 = ramp(left0, right0, blockShift, lanes);
      const stepV2 = i32x4.splat(((right0 - left0) >> blockShift) << 2);
      // The weights change little inside a block, but a step between two blocks would show on smooth water.
      left0 = edge(near + 16, far + 16, weight, block, blockShift);
      right0 = edge(near + 40, far + 40, weight, block, blockShift);
      let weight1 = ramp(left0 << 8, right0 << 8, blockShift, lanes);
      const stepWeight1 = i32x4.splat((((right0 - left0) << 8) >> blockShift) << 2);
      left0 = edge(near + 20, far + 20, weight, block, blockShift);
      right0 = edge(near + 44, far + 44, weight, block, blockShift);
      let weight2 = ramp(left0 << 8, right0 << 8, blockShift, lanes);
      const stepWeight2 = i32x4.splat((((right0 - left0) << 8) >> blockShift) << 2);
      for (let k = 0; k < block; k += 4) {
        const seen = sampleFour(
          matte,
          mattePitch,
          within(i32x4.shr_s(u0, toMatte), matteMaxU),
          within(i32x4.shr_s(v0, toMatte), matteMaxV),
        );
        if (v128.any_true(seen)) {
          const share = i32x4.add(seen, i32x4.shr_u(seen, 7));
          const first = i32x4.sub(sampleFour(detail, pitch, within(u1, maxU), within(v1, maxV)), zero);
          const second = i32x4.sub(sampleFour(detail, pitch, within(u2, maxU), within(v2, maxV)), zero);
          let change = i32x4.add(
            i32x4.mul(first, i32x4.shr_s(weight1, 8)),
            i32x4.mul(second, i32x4.shr_s(weight2, 8)),
          );
          if (weight0 != 0) {
            const still = i32x4.sub(sampleFour(detail, pitch, within(u0, maxU), within(v0, maxV)), zero);
            change = i32x4.sub(change, i32x4.mul(still, i32x4.splat(weight0)));
          }
          const rounded = i32x4.add(i32x4.mul(change, share), i32x4.splat(32768));
          storeFour(row + x + k, i32x4.add(loadFour(row + x + k), i32x4.shr_s(rounded, 16)));
        }
        u0 = i32x4.add(u0, stepU0);
        v0 = i32x4.add(v0, stepV0);
        u1 = i32x4.add(u1, stepU1);
        v1 = i32x4.add(v1, stepV1);
        u2 = i32x4.add(u2, stepU2);
        v2 = i32x4.add(v2, stepV2);
        weight1 = i32x4.add(weight1, stepWeight1);
        weight2 = i32x4.add(weight2, stepWeight2);
      }
    }
  }
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
