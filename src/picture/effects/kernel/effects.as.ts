// The loops that touch every pixel of an effect, in AssemblyScript (compiled to WebAssembly SIMD by scripts/build.mjs).
//
// An effect draws on a canvas of packed pixels: four bytes each, luma, blue chroma, red chroma (BT.709, limited range)
// and opacity, so that one 64-bit load brings two neighbours with everything they have. A finished canvas is taken
// apart into the planes of a video frame.

/** One in the 13-bit factors of colour. */
const ONE: i32 = 8192;

@inline
function neutral(): v128 {
  return i16x8(16, 128, 128, 0, 16, 128, 128, 0);
}

/** Chroma at a pixel of full size, in sixteenths: the nearest of four counts nine times. */
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

// The bilinear sample at (u, v), 16.16 fixed point, of a texture whose rows have `width` pixels; one channel a lane.
@inline
function sample(texture: usize, width: i32, u: i32, v: i32): v128 {
  const at = texture + <usize>(((v >> 16) * width + (u >> 16)) << 2);
  let taps = v128.load64_zero(at);
  taps = v128.load64_lane(at + <usize>(width << 2), taps, 1);
  const pairs = i8x16.shuffle(taps, taps, 0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15);
  const across = (u >> 9) & 127;
  const down = (v >> 9) & 127;
  const weights = i32x4.splat((128 - across) | (across << 16));
  const top = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(pairs), weights);
  const bottom = i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(pairs), weights);
  const both = v128.or(top, i32x4.shl(bottom, 16));
  const sum = i32x4.dot_i16x8_s(both, i32x4.splat((128 - down) | (down << 16)));
  return i32x4.shr_u(i32x4.add(sum, i32x4.splat(8192)), 14);
}

// Two neighbours, eight lanes of 16 bits.
@inline
function samplePair(texture: usize, width: i32, lastU: i32, lastV: i32, u: i32, v: i32, stepU: i32, stepV: i32): v128 {
  return i16x8.narrow_i32x4_u(
    sample(texture, width, min(lastU, max(0, u)), min(lastV, max(0, v))),
    sample(texture, width, min(lastU, max(0, u + stepU)), min(lastV, max(0, v + stepV))),
  );
}

// The same value for all channels of each of two pixels.
@inline
function forEach(first: i32, second: i32): v128 {
  return v128.bitselect(i16x8.splat(<i16>first), i16x8.splat(<i16>second), i16x8(-1, -1, -1, -1, 0, 0, 0, 0));
}

@inline
function loadPixel(at: usize): v128 {
  return i16x8.extend_low_i8x16_u(v128.load32_zero(at));
}

@inline
function storePixel(at: usize, colour: v128): void {
  v128.store32_lane(at, i8x16.narrow_i16x8_u(colour, colour), 0);
}

// A value of the mesh at a row between two rows of nodes.
@inline
function along(upper: usize, lower: usize, weight: i32, block: i32, shift: i32): i32 {
  return <i32>((<i64>load<i32>(upper) * (block - weight) + <i64>load<i32>(lower) * weight) >> shift);
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
    let lower = upper + <usize>(columns << 3);
    let leftU = along(upper, lower, weight, block, shift);
    let leftV = along(upper + 4, lower + 4, weight, block, shift);
    for (let x = 0; x < width; x += block) {
      upper += 8;
      lower += 8;
      const rightU = along(upper, lower, weight, block, shift);
      const rightV = along(upper + 4, lower + 4, weight, block, shift);
      const stepU = (rightU - leftU) >> shift;
      const stepV = (rightV - leftV) >> shift;
      let u = leftU;
      let v = leftV;
      let at = canvas + <usize>((y * width + x) << 2);
      const end = at + <usize>(min(block, width - x) << 2);
      // Both ends inside: nothing between them can leave the texture, so nothing needs to be held back.
      const inside =
        (leftU | leftV | rightU | rightV | (lastU - leftU) | (lastU - rightU) | (lastV - leftV) | (lastV - rightV)) >= 0;
      if (inside) {
        for (; at < end; at += 8) {
          const pair = i16x8.narrow_i32x4_u(
            sample(texture, textureWidth, u, v),
            sample(texture, textureWidth, u + stepU, v + stepV),
          );
          v128.store64_lane(at, i8x16.narrow_i16x8_u(pair, pair), 0);
          u += stepU << 1;
          v += stepV << 1;
        }
      } else {
        for (; at < end; at += 8) {
          const pair = samplePair(texture, textureWidth, lastU, lastV, u, v, stepU, stepV);
          v128.store64_lane(at, i8x16.narrow_i16x8_u(pair, pair), 0);
          u += stepU << 1;
          v += stepV << 1;
        }
      }
      leftU = rightU;
      leftV = rightV;
    }
  }
}

// How far an edge goes sideways in a row; the same for both triangles that share it.
@inline
function slope(ax: f32, ay: f32, bx: f32, by: f32): f32 {
  return ay < by ? (bx - ax) / (by - ay) : ay > by ? (ax - bx) / (ay - by) : 0;
}

// Where the edge crosses the middle of a row.
@inline
function crossing(ax: f32, ay: f32, bx: f32, by: f32, slope: f32, y: f32): f32 {
  return ay < by ? ax + slope * (y - ay) : bx + slope * (y - by);
}

/**
 * Draws textured triangles, one after another. A vertex is eight f32: x, y on the canvas; u, v in the texture's pixels;
 * a factor on the colour (1 leaves it); luma to add; cover (held in 0–1 at each pixel after it was interpolated, so
 * that it can be a distance to an edge); one unused.
 *
 * @param count triangles; three vertices each
 * @param opacity 0–1 for all of them
 * @param flags 1: the colour is added as light, and does not hide; 2: the texture hides wherever it is
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
  flags: i32,
): void {
  const lastU = ((textureWidth - 1) << 16) - 1;
  const lastV = ((textureHeight - 1) << 16) - 1;
  const base = neutral();
  const glows = (flags & 1) != 0;
  const hides = (flags & 2) != 0;
  const strength = <i32>(opacity * 32767);
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
    // What has no cover anywhere is not seen.
    if (max(load<f32>(a, 24), max(load<f32>(b, 24), load<f32>(c, 24))) <= 0) continue;
    const slopeAB = slope(ax, ay, bx, by);
    const slopeBC = slope(bx, by, cx, cy);
    const slopeCA = slope(cx, cy, ax, ay);
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
    const stepShade = <i32>(shadeX * 2097152);
    const stepLight = <i32>(lightX * 256);
    const stepCover = <i32>(coverX * 32767);
    const isWhole = hides && !glows && strength == 32767;
    for (let row = first; row <= last; row++) {
      const y: f32 = <f32>row + 0.5;
      let left: f32 = f32.MAX_VALUE;
      let right: f32 = -f32.MAX_VALUE;
      if ((ay <= y) != (by <= y)) {
        const x = crossing(ax, ay, bx, by, slopeAB, y);
        left = x;
        right = x;
      }
      if ((by <= y) != (cy <= y)) {
        const x = crossing(bx, by, cx, cy, slopeBC, y);
        left = x < left ? x : left;
        right = x > right ? x : right;
      }
      if ((cy <= y) != (ay <= y)) {
        const x = crossing(cx, cy, ax, ay, slopeCA, y);
        left = x < left ? x : left;
        right = x > right ? x : right;
      }
      const from = max(0, <i32>ceil(left - 0.5));
      const to = min(width - 1, <i32>ceil(right - 0.5) - 1);
      if (from > to) continue;
      const dx: f32 = <f32>from + 0.5 - ax;
      const dy: f32 = y - ay;
      let u = <i32>((load<f32>(a, 8) + uX * dx + uY * dy - 0.5) * 65536);
      let v = <i32>((load<f32>(a, 12) + vX * dx + vY * dy - 0.5) * 65536);
      let at = canvas + <usize>((row * width + from) << 2);
      const end = canvas + <usize>((row * width + to) << 2);
      let shade = <i32>((load<f32>(a, 16) + shadeX * dx + shadeY * dy) * 2097152);
      let light = <i32>((load<f32>(a, 20) + lightX * dx + lightY * dy) * 256);
      let cover = <i32>((load<f32>(a, 24) + coverX * dx + coverY * dy) * 32767);
      if (isWhole) {
        // Where the cover is full nothing of what is behind is left: on one stretch of the row.
        const last = to - from;
        let head = 0;
        let tail = last;
        if (stepCover > 0) head = min(last + 1, max(0, (32767 - cover + stepCover - 1) / stepCover));
        else if (cover < 32767) head = last + 1;
        else if (stepCover < 0) tail = min(last, (cover - 32767) / -stepCover);
        if (head <= tail) {
          if (head > 0) {
            mixRow(texture, textureWidth, lastU, lastV, at, at + <usize>((head - 1) << 2), u, v, stepU, stepV, shade, stepShade, light, stepLight, cover, stepCover, strength, hides, glows);
          }
          const solid = at + <usize>(head << 2);
          coverRow(texture, textureWidth, lastU, lastV, solid, at + <usize>(tail << 2), u + head * stepU, v + head * stepV, stepU, stepV, shade + head * stepShade, stepShade, light + head * stepLight, stepLight);
          if (tail == last) continue;
          const rest = tail + 1;
          at += <usize>(rest << 2);
          u += rest * stepU;
          v += rest * stepV;
          shade += rest * stepShade;
          light += rest * stepLight;
          cover += rest * stepCover;
        }
      }
      mixRow(texture, textureWidth, lastU, lastV, at, end, u, v, stepU, stepV, shade, stepShade, light, stepLight, cover, stepCover, strength, hides, glows);
    }
  }
}

// A stretch of a row that hides all that is behind it, shaded and lit; `end` is its last pixel.
function coverRow(
  texture: usize, textureWidth: i32, lastU: i32, lastV: i32, at: usize, end: usize,
  u: i32, v: i32, stepU: i32, stepV: i32, shade: i32, stepShade: i32, light: i32, stepLight: i32,
): void {
  const base = neutral();
  const opaque = i32x4.splat(0xff000000);
  const onLuma = i16x8(-1, 0, 0, 0, -1, 0, 0, 0);
  // A pair may read one step beyond the last pixel.
  const beyond = <i32>((end - at) >> 2) + 1;
  const endU = u + beyond * stepU;
  const endV = v + beyond * stepV;
  // Both ends inside: nothing between them can leave the texture, so nothing needs to be held back.
  const isInside =
    (u | v | endU | endV | (lastU - u) | (lastV - v) | (lastU - endU) | (lastV - endV)) >= 0;
  if (isInside && (stepShade | stepLight) == 0) {
    const isAsItIs = shade >> 8 == ONE && light >> 8 == 0;
    const factor = i16x8.splat(<i16>min(32767, max(0, shade >> 8)));
    const raised = i16x8.add(base, v128.and(i16x8.splat(<i16>(light >> 8)), onLuma));
    for (; at <= end; at += 8) {
      let colour = i16x8.narrow_i32x4_u(
        sample(texture, textureWidth, u, v),
        sample(texture, textureWidth, u + stepU, v + stepV),
      );
      if (!isAsItIs) {
        colour = i16x8.add(i16x8.q15mulr_sat_s(i16x8.shl(i16x8.sub(colour, base), 2), factor), raised);
      }
      const bytes = v128.or(i8x16.narrow_i16x8_u(colour, colour), opaque);
      if (at < end) v128.store64_lane(at, bytes, 0);
      else v128.store32_lane(at, bytes, 0);
      u += stepU << 1;
      v += stepV << 1;
    }
    return;
  }
  for (; at <= end; at += 8) {
    let colour = samplePair(texture, textureWidth, lastU, lastV, u, v, stepU, stepV);
    const factor = forEach(min(32767, max(0, shade >> 8)), min(32767, max(0, (shade + stepShade) >> 8)));
    colour = i16x8.q15mulr_sat_s(i16x8.shl(i16x8.sub(colour, base), 2), factor);
    const raise = v128.and(forEach(light >> 8, (light + stepLight) >> 8), onLuma);
    colour = i16x8.add(i16x8.add(colour, raise), base);
    const bytes = v128.or(i8x16.narrow_i16x8_u(colour, colour), opaque);
    if (at < end) v128.store64_lane(at, bytes, 0);
    else v128.store32_lane(at, bytes, 0);
    u += stepU << 1;
    v += stepV << 1;
    shade += stepShade << 1;
    light += stepLight << 1;
  }
}

// A stretch of a row through which something may be seen of what is behind it; `end` is its last pixel.
function mixRow(
  texture: usize, textureWidth: i32, lastU: i32, lastV: i32, at: usize, end: usize,
  u: i32, v: i32, stepU: i32, stepV: i32, shade: i32, stepShade: i32, light: i32, stepLight: i32,
  cover: i32, stepCover: i32, strength: i32, hides: bool, glows: bool,
): void {
  // Nothing is drawn before the cover begins and after it ends.
  if (stepCover > 0 && cover < 0) {
    const skip = -cover / stepCover;
    at += <usize>(skip << 2);
    u += skip * stepU;
    v += skip * stepV;
    shade += skip * stepShade;
    light += skip * stepLight;
    cover += skip * stepCover;
  } else if (stepCover <= 0 && cover <= 0) return;
  else if (stepCover < 0) end = min(end, at + <usize>((cover / -stepCover) << 2));
  const base = neutral();
  const opaque = i32x4.splat(0xff000000);
  for (; at <= end; at += 8) {
    let first = (min(32767, max(0, cover)) * (strength + 1)) >> 15;
    let second = (min(32767, max(0, cover + stepCover)) * (strength + 1)) >> 15;
    if ((first | second) != 0) {
      let colour = samplePair(texture, textureWidth, lastU, lastV, u, v, stepU, stepV);
      if (!hides) {
        const own = i16x8.extract_lane_u(colour, 3);
        const next = i16x8.extract_lane_u(colour, 7);
        first = (first * <i32>(own + (own >> 7))) >> 8;
        second = (second * <i32>(next + (next >> 7))) >> 8;
      }
      if ((first | second) != 0) {
        const factor = forEach(min(32767, max(0, shade >> 8)), min(32767, max(0, (shade + stepShade) >> 8)));
        colour = i16x8.q15mulr_sat_s(i16x8.shl(i16x8.sub(colour, base), 2), factor);
        const raise = v128.and(forEach(light >> 8, (light + stepLight) >> 8), i16x8(-1, 0, 0, 0, -1, 0, 0, 0));
        colour = i16x8.add(colour, raise);
        const behind = i16x8.extend_low_i8x16_u(v128.load64_zero(at));
        // As light it is added; else it takes the place of what is behind it.
        const change = glows ? colour : i16x8.sub(i16x8.add(colour, base), behind);
        const mixed = i16x8.add(behind, i16x8.q15mulr_sat_s(change, forEach(first, second)));
        const bytes = v128.or(i8x16.narrow_i16x8_u(mixed, mixed), opaque);
        if (at < end) v128.store64_lane(at, bytes, 0);
        else v128.store32_lane(at, bytes, 0);
      }
    }
    u += stepU << 1;
    v += stepV << 1;
    shade += stepShade << 1;
    light += stepLight << 1;
    cover += stepCover << 1;
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
  const calm = i32x4(ONE << shift, 0, 0, 0);
  for (let y = fromY; y < toY; y++) {
    const weight = i32x4.splat(y & (cell - 1));
    const other = i32x4.splat(cell - (y & (cell - 1)));
    for (let x = fromX & ~(cell - 1); x < toX; x += cell) {
      const node = map + <usize>(((y >> shift) * columns + (x >> shift)) << 4);
      const below = node + <usize>(columns << 4);
      const left = i32x4.add(i32x4.mul(v128.load(node), other), i32x4.mul(v128.load(below), weight));
      const right = i32x4.add(i32x4.mul(v128.load(node, 16), other), i32x4.mul(v128.load(below, 16), weight));
      // Nothing happens between two cells that leave everything as it is.
      if (!v128.any_true(v128.or(v128.xor(left, calm), v128.xor(right, calm)))) continue;
      const step = i32x4.shr_s(i32x4.sub(right, left), shift);
      let value = left;
      const end = min(cell, toX - x);
      let at = canvas + <usize>((y * width + x) << 2);
      for (let k = 0; k < end; k += 2) {
        const here = i32x4.shr_s(value, shift);
        value = i32x4.add(value, step);
        const next = i32x4.shr_s(value, shift);
        value = i32x4.add(value, step);
        const factor = i16x8.shuffle(here, next, 0, 0, 0, 0, 8, 8, 8, 8);
        const half = i32x4.splat(128);
        const rounded = i16x8.narrow_i32x4_s(
          i32x4.shr_s(i32x4.add(here, half), 8),
          i32x4.shr_s(i32x4.add(next, half), 8),
        );
        const added = i16x8.shuffle(rounded, i32x4.splat(0), 1, 2, 3, 8, 5, 6, 7, 8);
        const pixels = i16x8.extend_low_i8x16_u(v128.load64_zero(at));
        const colour = i16x8.q15mulr_sat_s(i16x8.shl(i16x8.sub(pixels, base), 2), factor);
        const lit = i16x8.add(i16x8.add(colour, base), added);
        const bytes = i8x16.narrow_i16x8_u(lit, lit);
        if (k + 1 < end) v128.store64_lane(at, bytes, 0);
        else v128.store32_lane(at, bytes, 0);
        at += 8;
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
  const asItIs = lumaFactor == ONE && chromaFactor == ONE && raise == 0;
  for (let y = 0; y < height; y += 2) {
    let at = canvas + <usize>((y * width) << 2);
    let to = luma + <usize>(y * stride);
    let chroma = <usize>((y >> 1) * half);
    for (let x = 0; x < width; x += 4) {
      const isWhole = x + 4 <= width;
      let top = v128.load(at);
      let bottom = v128.load(at + <usize>(width << 2));
      let topLeft = i16x8.extend_low_i8x16_u(top);
      let topRight = i16x8.extend_high_i8x16_u(top);
      let bottomLeft = i16x8.extend_low_i8x16_u(bottom);
      let bottomRight = i16x8.extend_high_i8x16_u(bottom);
      if (!asItIs) {
        topLeft = toned(topLeft, base, factor, lift);
        topRight = toned(topRight, base, factor, lift);
        bottomLeft = toned(bottomLeft, base, factor, lift);
        bottomRight = toned(bottomRight, base, factor, lift);
        top = i8x16.narrow_i16x8_u(topLeft, topRight);
        bottom = i8x16.narrow_i16x8_u(bottomLeft, bottomRight);
      }
      const lumas = i8x16.shuffle(top, bottom, 0, 4, 8, 12, 16, 20, 24, 28, 0, 0, 0, 0, 0, 0, 0, 0);
      const left = i16x8.add(topLeft, bottomLeft);
      const right = i16x8.add(topRight, bottomRight);
      const sums = i16x8.add(i64x2.shuffle(left, right, 0, 2), i64x2.shuffle(left, right, 1, 3));
      const mean = i16x8.shr_s(i16x8.add(sums, i16x8.splat(2)), 2);
      const bytes = i8x16.narrow_i16x8_u(mean, mean);
      store<u8>(blue + chroma, <u8>i8x16.extract_lane_u(bytes, 1));
      store<u8>(red + chroma, <u8>i8x16.extract_lane_u(bytes, 2));
      if (isWhole) {
        store<u8>(blue + chroma, <u8>i8x16.extract_lane_u(bytes, 5), 1);
        store<u8>(red + chroma, <u8>i8x16.extract_lane_u(bytes, 6), 1);
        v128.store32_lane(to, lumas, 0);
        v128.store32_lane(to + <usize>stride, lumas, 1);
      } else {
        v128.store16_lane(to, lumas, 0);
        v128.store16_lane(to + <usize>stride, lumas, 2);
      }
      at += 16;
      to += 4;
      chroma += 2;
    }
  }
}

@inline
function toned(colour: v128, base: v128, factor: v128, lift: v128): v128 {
  return i16x8.add(i16x8.q15mulr_sat_s(i16x8.shl(i16x8.sub(colour, base), 2), factor), lift);
}
