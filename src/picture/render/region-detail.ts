import type { FlowRegion } from '../motions/region.ts';
import { blur } from '../pixels/box.ts';
import { type Plane, planeAt } from '../pixels/plane.ts';
import { clamp01, smoothstep } from '../pixels/smoothstep.ts';
import type { Rectangle } from './layout.ts';
import type { YuvPlanes } from './planes.ts';
import type { Size } from './size.ts';

/** A region's detail (plus 128; luma, blue, red) and its matte, as the kernel takes them. */
export interface RegionPlanes {
  detail: Uint8Array[];
  matte: Uint8Array;
}

/** The rectangle of the source that holds everything of a region that moves. */
export function regionRectangle({ matte }: FlowRegion, source: Size): Rectangle {
  let [left, right, top, bottom] = [matte.width, 0, matte.height, 0];
  matte.values.forEach((value, pixel) => {
    if (value <= 0) return;
    const x = pixel % matte.width;
    const y = (pixel - x) / matte.width;
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  });
  const even = (value: number, limit: number) => Math.max(0, Math.min(limit, 2 * Math.round(value / 2)));
  const toX = source.width / matte.width;
  const toY = source.height / matte.height;
  const from = { x: even((left - 2) * toX, source.width - 16), y: even((top - 2) * toY, source.height - 16) };
  return {
    left: from.x,
    top: from.y,
    width: Math.max(16, even((right + 2) * toX, source.width) - from.x),
    height: Math.max(16, even((bottom + 2) * toY, source.height) - from.y),
  };
}

/**
 * Parts a region's detail from the broad light and colour below it, so that only detail flows and the glow stays. The
 * detail ends where the region does: whatever flows in from outside is smooth, and no bank or ridge travels with it.
 */
export function regionPlanes(picture: YuvPlanes, region: FlowRegion, rectangle: Rectangle): RegionPlanes {
  const { matte } = region;
  const bytes = [picture.luma, picture.blueChroma, picture.redChroma];
  const detail = bytes.map((plane, index) => {
    const half = index === 0 ? 0 : 1;
    const size = { width: picture.width >> half, height: picture.height >> half };
    const area = {
      left: rectangle.left >> half,
      top: rectangle.top >> half,
      width: rectangle.width >> half,
      height: rectangle.height >> half,
    };
    return region.paint ? painted(region, index, size, area) : ownDetail(plane, region, size, area);
  });
  const half = { width: picture.width >> 1, height: picture.height >> 1 };
  const area = {
    left: rectangle.left >> 1,
    top: rectangle.top >> 1,
    width: rectangle.width >> 1,
    height: rectangle.height >> 1,
  };
  return { detail, matte: sampled(half, area, (x, y) => 255 * planeAt(matte, x, y)) };
}

function ownDetail(plane: Uint8Array, region: FlowRegion, size: Size, area: Rectangle): Uint8Array {
  const { matte, reach } = region;
  const { width, height } = matte;
  const radius = Math.max(2, Math.round(reach * width));
  const inside = matte.values.map((value) => smoothstep(0.02, 0.3, value));
  const low = averageDown(plane, size.width, size.height, width, height).values;
  const sum = blur(
    low.map((value, pixel) => value * inside[pixel]!),
    width,
    height,
    radius,
  );
  const weight = blur(inside, width, height, radius);
  const base: Plane = {
    width,
    height,
    values: low.map((value, pixel) => (weight[pixel]! > 1e-3 ? sum[pixel]! / weight[pixel]! : value)),
  };
  const hold: Plane = { width, height, values: inside };
  return sampled(size, area, (x, y, column, row) => {
    const share = planeAt(hold, x, y);
    if (share < 0.004) return 128;
    return 128 + share * (plane[row * size.width + column]! - planeAt(base, x, y));
  });
}

function painted({ paint }: FlowRegion, index: number, size: Size, area: Rectangle): Uint8Array {
  const lift = paint!.lift[index]!;
  return sampled(size, area, (x, y) => 128 + lift * planeAt(paint!.texture, x, y));
}

/** Fills an area of a plane of the given size from a function of the place in fractions and in pixels. */
function sampled(
  size: Size,
  area: Rectangle,
  valueAt: (x: number, y: number, column: number, row: number) => number,
): Uint8Array {
  const out = new Uint8ClampedArray(area.width * area.height);
  for (let y = 0, pixel = 0; y < area.height; y++) {
    const row = area.top + y;
    for (let x = 0; x < area.width; x++, pixel++) {
      const column = area.left + x;
      out[pixel] = valueAt((column + 0.5) / size.width, (row + 0.5) / size.height, column, row);
    }
  }
  return new Uint8Array(out.buffer);
}

/** A plane of bytes reduced to the given size; each value is the mean of the pixels that fall into it. */
export function averageDown(
  bytes: Uint8Array,
  width: number,
  height: number,
  newWidth: number,
  newHeight: number,
): Plane {
  const sums = new Float32Array(newWidth * newHeight);
  const counts = new Float32Array(newWidth * newHeight);
  const columns = Int32Array.from({ length: width }, (_, x) => Math.floor((x * newWidth) / width));
  for (let y = 0, pixel = 0; y < height; y++) {
    const row = Math.floor((y * newHeight) / height) * newWidth;
    for (let x = 0; x < width; x++, pixel++) {
      const target = row + columns[x]!;
      sums[target]! += bytes[pixel]!;
      counts[target]! += 1;
    }
  }
  // A plane that is smaller than the one asked for leaves places without a pixel of their own.
  const values = sums.map((sum, at) => {
    if (counts[at]! > 0) return sum / counts[at]!;
    const x = Math.min(width - 1, Math.floor((((at % newWidth) + 0.5) * width) / newWidth));
    const y = Math.min(height - 1, Math.floor(((Math.floor(at / newWidth) + 0.5) * height) / newHeight));
    return bytes[y * width + x]!;
  });
  return { width: newWidth, height: newHeight, values };
}

/** A region's mask with a border that is feathered inwards: what lies around it must not move. */
export function feather(mask: Plane, share: number): Plane {
  const { width, height } = mask;
  const soft = blur(mask.values, width, height, Math.max(1, Math.round(width * share)));
  return { width, height, values: soft.map((value) => clamp01(smoothstep(0.35, 0.95, value))) };
}
