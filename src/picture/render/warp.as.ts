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
// @ts-ignore: decorator
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
 * @param blockShift log2 of the block size in this plane's pixels (4 for luma, 3 for chroma)
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
