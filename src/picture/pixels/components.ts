/** One connected part of a mask, with the bounds of its pixels (inclusive). */
export interface Component {
  area: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The connected parts of a mask. */
export interface Components {
  /** For each pixel the part's place in {@link parts} plus one; 0 outside the mask. */
  labels: Int32Array;
  /** In the order in which their first pixels come, row by row. */
  parts: Component[];
}

/** Finds the parts of the pixels above one half that hang together through their four neighbours. */
export function findComponents(mask: Float32Array, width: number, height: number): Components {
  const count = width * height;
  const labels = new Int32Array(count);
  const stack = new Int32Array(count);
  const parts: Component[] = [];
  for (let seed = 0; seed < count; seed++) {
    if (mask[seed]! <= 0.5 || labels[seed] !== 0) continue;
    const part: Component = { area: 0, left: width, right: 0, top: height, bottom: 0 };
    parts.push(part);
    const label = parts.length;
    let depth = 0;
    const visit = (pixel: number) => {
      if (mask[pixel]! <= 0.5 || labels[pixel] !== 0) return;
      labels[pixel] = label;
      stack[depth++] = pixel;
    };
    visit(seed);
    while (depth > 0) {
      const pixel = stack[--depth]!;
      const x = pixel % width;
      const y = (pixel - x) / width;
      part.area++;
      if (x < part.left) part.left = x;
      if (x > part.right) part.right = x;
      if (y < part.top) part.top = y;
      if (y > part.bottom) part.bottom = y;
      if (x > 0) visit(pixel - 1);
      if (x < width - 1) visit(pixel + 1);
      if (y > 0) visit(pixel - width);
      if (y < height - 1) visit(pixel + width);
    }
  }
  return { labels, parts };
}
