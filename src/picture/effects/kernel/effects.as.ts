// The loops that touch every pixel of an effect, in AssemblyScript (compiled to WebAssembly SIMD by scripts/build.mjs).
//
// An effect draws on a canvas of packed pixels: four bytes each, luma, blue chroma, red chroma (BT.709, limited range)
// and opacity, so that one 64-bit load brings two neighbours with everything they have. A finished canvas is taken
// apart into the planes of a video frame.

/** One in the 13-bit factors of colour. */
const ONE: i32 = 8192;

// @ts-ignore: decorator
@inline
function neutral(): v128 {
  return i16x8(16, 128, 128, 0, 16, 128, 128, 0);
}

/** Chroma at a pixel of full size, in sixteenths: the nearest of four counts nine times. */
// @ts-ignore: decorator
@inline
function chromaAt(plane: usize, width: i32, height: i32, x: i32, y: i32): u32 {
  const nearX = x >> 1;
  const nearY = y >> 1;
  const farX = min(width - 1, max(0, nearX + ((x & 1) << 1) - 1));
  const farY = min(height - 1, max(0, nearY + ((y & 1) << 1) - 1));
  const near = plane + nearY * width;
  const far = plane + farY * width;
  const sum =
    9 * <u32>load<u8>(near + nearX) +
    3 * <u32>load<u8>(near + farX) +
    3 * <u32>load<u8>(far + nearX) +
    <u32>load<u8>(far + farX);
  return (sum + 8) >> 4;
}

/** Packs planes of 4:2:0 into opaque pixels. */
export function pack(luma: usize, blue: usize, red: usize, width: i32, height: i32, target: usize): void {
  const half = width >> 1;
  const halfRows = height >> 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const pixel =
        <u32>load<u8>(luma + at) |
        (chromaAt(blue, half, halfRows, x, y) << 8) |
        (chromaAt(red, half, halfRows, x, y) << 16) |
        0xff000000;
      store<u32>(target + (at << 2), pixel);
    }
  }
}

// The bilinear sample at (u, v), 16.16 fixed point, of a texture whose rows have `width` pixels; in the low four lanes.
// @ts-ignore: decorator
@inline
function sample(texture: usize, width: i32, u: i32, v: i32): v128 {
  const at = texture + <usize>(((v >> 16) * width + (u >> 16)) << 2);
  const top = i16x8.extend_low_i8x16_u(v128.load64_zero(at));
  const bottom = i16x8.extend_low_i8x16_u(v128.load64_zero(at + <usize>(width << 2)));
  const down = <i16>((v >> 9) & 127);
  const across = <i16>((u >> 9) & 127);
  const blended = i16x8.add(i16x8.mul(top, i16x8.splat(128 - down)), i16x8.mul(bottom, i16x8.splat(down)));
  const column = i16x8.shr_u(i16x8.add(blended, i16x8.splat(64)), 7);
  const weights = v128.bitselect(
    i16x8.splat(128 - across),
    i16x8.splat(across),
    i16x8(-1, -1, -1, -1, 0, 0, 0, 0),
  );
  const sides = i16x8.mul(column, weights);
  const sum = i16x8.add(sides, i64x2.shuffle(sides, sides, 1, 0));
  return i16x8.shr_u(i16x8.add(sum, i16x8.splat(64)), 7);
}

// @ts-ignore: decorator
@inline
function loadPixel(at: usize): v128 {
  return i16x8.extend_low_i8x16_u(v128.load32_zero(at));
}

// @ts-ignore: decorator
@inline
function storePixel(at: usize, colour: v128): void {
  v128.store32_lane(at, i8x16.narrow_i16x8_u(colour, colour), 0);
}

// @ts-ignore: decorator
@inline
function shaded(colour: v128, factor: i32): v128 {
  const distance = i16x8.shl(i16x8.sub(colour, neutral()), 2);
  return i16x8.add(i16x8.q15mulr_sat_s(distance, i16x8.splat(<i16>factor)), neutral());
}

/**
 * Draws a texture backwards through a mesh over the whole canvas.
 *
 * @param mesh where each block's top left pixel looks in the texture: (i32 u, i32 v) as 16.16 fixed point, `columns` a
 *   row, one more row and column than there are blocks
 * @param shift log2 of a block's side
 */
export function warp(
  texture: usize,
  textureWidth: i32,
  textureHeight: i32,
  canvas: usize,
  width: i32,
  height: i32,
  mesh: usize,
  columns: i32,
  shift: i32,
): void {
  const block = 1 << shift;
  const lastU = ((textureWidth - 1) << 16) - 1;
  const lastV = ((textureHeight - 1) << 16) - 1;
  for (let y = 0; y < height; y++) {
    const weight = y & (block - 1);
    let upper = mesh + <usize>(((y >> shift) * columns) << 3);
    for (let x = 0; x < width; x += block, upper += 8) {
      const lower = upper + <usize>(columns << 3);
      const leftU = <i32>((<i64>load<i32>(upper) * (block - weight) + <i64>load<i32>(lower) * weight) >> shift);
      const leftV = <i32>((<i64>load<i32>(upper, 4) * (block - weight) + <i64>load<i32>(lower, 4) * weight) >> shift);
      const rightU = <i32>((<i64>load<i32>(upper, 8) * (block - weight) + <i64>load<i32>(lower, 8) * weight) >> shift);
      const rightV = <i32>((<i64>load<i32>(upper, 12) * (block - weight) + <i64>load<i32>(lower, 12) * weight) >> shift);
      const stepU = (rightU - leftU) >> shift;
      const stepV = (rightV - leftV) >> shift;
      let u = leftU;
      let v = leftV;
      const end = min(block, width - x);
      let at = canvas + <usize>((y * width + x) << 2);
      for (let k = 0; k < end; k++) {
        storePixel(at, sample(texture, textureWidth, min(lastU, max(0, u)), min(lastV, max(0, v))));
        at += 4;
        u += stepU;
        v += stepV;
      }
    }
  }
}

// Where the edge between two points crosses the middle of a row; the same for both triangles that share it.
// @ts-ignore: decorator
@inline
function crossing(ax: f32, ay: f32, bx: f32, by: f32, y: f32): f32 {
  return ay < by ? ax + ((bx - ax) * (y - ay)) / (by - ay) : bx + ((ax - bx) * (y - by)) / (ay - by);
}

/**
 * Draws textured triangles, one after another. A vertex is eight f32: x, y on the canvas; u, v in the texture's pixels;
 * a factor on the colour (1 leaves it); luma to add; cover (held in 0–1 at each pixel after it was interpolated, so
 * that it can be a distance to an edge); one unused.
 *
 * @param count triangles; three vertices each
 * @param opacity 0–1 for all of them
 * @param glows whether the colour is added as light, and does not hide
 */
export function triangles(
  texture: usize,
  textureWidth: i32,
  textureHeight: i32,
  canvas: usize,
  width: i32,
  height: i32,
  vertices: usize,
  count: i32,
  opacity: f32,
  glows: i32,
): void {
  const lastU = ((textureWidth - 1) << 16) - 1;
  const lastV = ((textureHeight - 1) << 16) - 1;
  const base = neutral();
  for (let index = 0; index < count; index++) {
    const a = vertices + <usize>(index * 96);
    const b = a + 32;
    const c = a + 64;
    const ax = load<f32>(a);
    const ay = load<f32>(a, 4);
    const bx = load<f32>(b);
    const by = load<f32>(b, 4);
    const cx = load<f32>(c);
    const cy = load<f32>(c, 4);
    const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
    if (!(abs(area) > 0.0005)) continue;
    const top = min(ay, min(by, cy));
    const bottom = max(ay, max(by, cy));
    const first = max(0, <i32>ceil(top - 0.5));
    const last = min(height - 1, <i32>ceil(bottom - 0.5) - 1);
    if (first > last) continue;
    const inverse: f32 = 1 / area;
    const uX = ((load<f32>(b, 8) - load<f32>(a, 8)) * (cy - ay) - (load<f32>(c, 8) - load<f32>(a, 8)) * (by - ay)) * inverse;
    const uY = ((load<f32>(c, 8) - load<f32>(a, 8)) * (bx - ax) - (load<f32>(b, 8) - load<f32>(a, 8)) * (cx - ax)) * inverse;
    const vX = ((load<f32>(b, 12) - load<f32>(a, 12)) * (cy - ay) - (load<f32>(c, 12) - load<f32>(a, 12)) * (by - ay)) * inverse;
    const vY = ((load<f32>(c, 12) - load<f32>(a, 12)) * (bx - ax) - (load<f32>(b, 12) - load<f32>(a, 12)) * (cx - ax)) * inverse;
    const shadeX = ((load<f32>(b, 16) - load<f32>(a, 16)) * (cy - ay) - (load<f32>(c, 16) - load<f32>(a, 16)) * (by - ay)) * inverse;
    const shadeY = ((load<f32>(c, 16) - load<f32>(a, 16)) * (bx - ax) - (load<f32>(b, 16) - load<f32>(a, 16)) * (cx - ax)) * inverse;
    const lightX = ((load<f32>(b, 20) - load<f32>(a, 20)) * (cy - ay) - (load<f32>(c, 20) - load<f32>(a, 20)) * (by - ay)) * inverse;
    const lightY = ((load<f32>(c, 20) - load<f32>(a, 20)) * (bx - ax) - (load<f32>(b, 20) - load<f32>(a, 20)) * (cx - ax)) * inverse;
    const coverX = ((load<f32>(b, 24) - load<f32>(a, 24)) * (cy - ay) - (load<f32>(c, 24) - load<f32>(a, 24)) * (by - ay)) * inverse;
    const coverY = ((load<f32>(c, 24) - load<f32>(a, 24)) * (bx - ax) - (load<f32>(b, 24) - load<f32>(a, 24)) * (cx - ax)) * inverse;
    const stepU = <i32>(uX * 65536);
    const stepV = <i32>(vX * 65536);
    for (let row = first; row <= last; row++) {
      const y: f32 = <f32>row + 0.5;
      let left: f32 = f32.MAX_VALUE;
      let right: f32 = -f32.MAX_VALUE;
      if ((ay <= y) != (by <= y)) {
        const x = crossing(ax, ay, bx, by, y);
        left = min(left, x);
        right = max(right, x);
      }
      if ((by <= y) != (cy <= y)) {
        const x = crossing(bx, by, cx, cy, y);
        left = min(left, x);
        right = max(right, x);
      }
      if ((cy <= y) != (ay <= y)) {
        const x = crossing(cx, cy, ax, ay, y);
        left = min(left, x);
        right = max(right, x);
      }
      const from = max(0, <i32>ceil(left - 0.5));
      const to = min(width - 1, <i32>ceil(right - 0.5) - 1);
      if (from > to) continue;
      const dx: f32 = <f32>from + 0.5 - ax;
      const dy: f32 = y - ay;
      let u = <i32>((load<f32>(a, 8) + uX * dx + uY * dy - 0.5) * 65536);
      let v = <i32>((load<f32>(a, 12) + vX * dx + vY * dy - 0.5) * 65536);
      let shade = load<f32>(a, 16) + shadeX * dx + shadeY * dy;
      let light = load<f32>(a, 20) + lightX * dx + lightY * dy;
      let cover = load<f32>(a, 24) + coverX * dx + coverY * dy;
      let at = canvas + <usize>((row * width + from) << 2);
      for (let x = from; x <= to; x++) {
        if (cover > 0) {
          let colour = sample(texture, textureWidth, min(lastU, max(0, u)), min(lastV, max(0, v)));
          const own = i16x8.extract_lane_u(colour, 3);
          if (own > 0) {
            const opaque = min(cover, 1) * opacity * <f32>own * <f32>(32767.0 / 255.0);
            colour = shaded(colour, <i32>min(32767, max(0, shade * <f32>ONE)));
            colour = i16x8.add(colour, i16x8(<i16>light, 0, 0, 0, 0, 0, 0, 0));
            if (glows != 0) {
              const behind = loadPixel(at);
              const added = i16x8.q15mulr_sat_s(i16x8.sub(colour, base), i16x8.splat(<i16>opaque));
              storePixel(at, i16x8.replace_lane(i16x8.add(behind, added), 3, 255));
            } else if (opaque >= 32600) {
              storePixel(at, i16x8.replace_lane(colour, 3, 255));
            } else {
              const behind = loadPixel(at);
              const change = i16x8.q15mulr_sat_s(i16x8.sub(colour, behind), i16x8.splat(<i16>opaque));
              storePixel(at, i16x8.replace_lane(i16x8.add(behind, change), 3, 255));
            }
          }
        }
        at += 4;
        u += stepU;
        v += stepV;
        shade += shadeX;
        light += lightX;
        cover += coverX;
      }
    }
  }
}

/**
 * Treats each pixel by how far a field (u16 a pixel) lies beyond a front, and by a plane of noise (u8 a pixel). An
 * entry of the table is twelve i16: four factors (13 bits), four values to add, four shares (15 bits) of the pixel
 * of another canvas that shows instead. There are 256 × 16 entries: distance, then noise.
 *
 * @param shift how many bits of the distance are dropped; the front is entry 128, the last one leaves pixels as they are
 */
export function bands(
  canvas: usize,
  under: usize,
  field: usize,
  noise: usize,
  count: i32,
  front: i32,
  shift: i32,
  table: usize,
): void {
  const base = neutral();
  for (let pixel = 0; pixel < count; pixel++) {
    const distance = ((<i32>load<u16>(field + <usize>(pixel << 1)) - front) >> shift) + 128;
    if (distance >= 255) continue;
    const level = <i32>load<u8>(noise + <usize>pixel) >> 4;
    const entry = table + <usize>(((max(0, distance) << 4) + level) * 24);
    const at = canvas + <usize>(pixel << 2);
    const far = i16x8.shl(i16x8.sub(loadPixel(at), base), 2);
    const factor = v128.load64_zero(entry);
    let colour = i16x8.add(i16x8.q15mulr_sat_s(far, factor), base);
    colour = i16x8.add(colour, v128.load64_zero(entry, 8));
    const share = v128.load64_zero(entry, 16);
    if (v128.any_true(share)) {
      const change = i16x8.sub(loadPixel(under + <usize>(pixel << 2)), colour);
      colour = i16x8.add(colour, i16x8.q15mulr_sat_s(change, share));
    }
    storePixel(at, colour);
  }
}

/**
 * Multiplies and lights a rectangle of the canvas by a coarse map that is interpolated: i32 each, a factor (13 bits)
 * and what is added to luma and both chromas (in 256ths), one cell for 1 << shift pixels, cell corners on pixels.
 */
export function applyMap(
  canvas: usize,
  width: i32,
  map: usize,
  columns: i32,
  shift: i32,
  fromX: i32,
  fromY: i32,
  toX: i32,
  toY: i32,
): void {
  const base = neutral();
  const cell = 1 << shift;
  for (let y = fromY; y < toY; y++) {
    const weight = i32x4.splat(y & (cell - 1));
    const other = i32x4.splat(cell - (y & (cell - 1)));
    for (let x = fromX & ~(cell - 1); x < toX; x += cell) {
      const node = map + <usize>(((y >> shift) * columns + (x >> shift)) << 4);
      const below = node + <usize>(columns << 4);
      const left = i32x4.add(i32x4.mul(v128.load(node), other), i32x4.mul(v128.load(below), weight));
      const right = i32x4.add(i32x4.mul(v128.load(node, 16), other), i32x4.mul(v128.load(below, 16), weight));
      const step = i32x4.shr_s(i32x4.sub(right, left), shift);
      let value = left;
      const end = min(cell, toX - x);
      let at = canvas + <usize>((y * width + x) << 2);
      for (let k = 0; k < end; k++) {
        const here = i32x4.shr_s(value, shift);
        value = i32x4.add(value, step);
        const factor = <i16>i32x4.extract_lane(here, 0);
        const rounded = i32x4.shr_s(i32x4.add(here, i32x4.splat(128)), 8);
        const added = i32x4.shuffle(rounded, i32x4.splat(0), 1, 2, 3, 4);
        const colour = i16x8.q15mulr_sat_s(i16x8.shl(i16x8.sub(loadPixel(at), base), 2), i16x8.splat(factor));
        storePixel(at, i16x8.add(i16x8.add(colour, base), i16x8.narrow_i32x4_s(added, added)));
        at += 4;
      }
    }
  }
}

/** Replaces each byte by the mean of two. */
export function average(target: usize, other: usize, bytes: i32): void {
  for (let at = 0; at < bytes; at += 16) {
    v128.store(target + <usize>at, i8x16.avgr_u(v128.load(target + <usize>at), v128.load(other + <usize>at)));
  }
}

/**
 * Takes a canvas apart into planes of 4:2:0, its luma and chroma multiplied (13 bits) and its luma raised.
 *
 * @param width, height even
 */
export function unpack(
  canvas: usize,
  width: i32,
  height: i32,
  luma: usize,
  stride: i32,
  blue: usize,
  red: usize,
  lumaFactor: i32,
  chromaFactor: i32,
  raise: i32,
): void {
  const factor = i16x8(
    <i16>lumaFactor, <i16>chromaFactor, <i16>chromaFactor, 0, <i16>lumaFactor, <i16>chromaFactor, <i16>chromaFactor, 0,
  );
  const base = neutral();
  const lift = i16x8(<i16>(16 + raise), 128, 128, 0, <i16>(16 + raise), 128, 128, 0);
  const half = stride >> 1;
  for (let y = 0; y < height; y += 2) {
    let at = canvas + <usize>((y * width) << 2);
    for (let x = 0; x < width; x += 2) {
      let top = i16x8.extend_low_i8x16_u(v128.load64_zero(at));
      let bottom = i16x8.extend_low_i8x16_u(v128.load64_zero(at + <usize>(width << 2)));
      at += 8;
      top = i16x8.add(i16x8.q15mulr_sat_s(i16x8.shl(i16x8.sub(top, base), 2), factor), lift);
      bottom = i16x8.add(i16x8.q15mulr_sat_s(i16x8.shl(i16x8.sub(bottom, base), 2), factor), lift);
      const bytes = i8x16.narrow_i16x8_u(top, bottom);
      const to = luma + <usize>(y * stride + x);
      store<u16>(to, <u16>(i8x16.extract_lane_u(bytes, 0) | (<u32>i8x16.extract_lane_u(bytes, 4) << 8)));
      store<u16>(to + <usize>stride, <u16>(i8x16.extract_lane_u(bytes, 8) | (<u32>i8x16.extract_lane_u(bytes, 12) << 8)));
      const rows = i16x8.add(top, bottom);
      const sum = i16x8.shr_s(i16x8.add(i16x8.add(rows, i64x2.shuffle(rows, rows, 1, 0)), i16x8.splat(2)), 2);
      const mean = i8x16.narrow_i16x8_u(sum, sum);
      const chroma = <usize>((y >> 1) * half + (x >> 1));
      store<u8>(blue + chroma, <u8>i8x16.extract_lane_u(mean, 1));
      store<u8>(red + chroma, <u8>i8x16.extract_lane_u(mean, 2));
    }
  }
}
