/** The first `width` bytes of each of a plane's rows, which lie `stride` bytes apart. */
export function withoutPadding(plane: Uint8Array, stride: number, width: number, rows: number): Uint8Array {
  const packed = new Uint8Array(width * rows);
  for (let row = 0; row < rows; row++) {
    packed.set(plane.subarray(row * stride, row * stride + width), row * width);
  }
  return packed;
}
