/** 1 inside any of the outlines (lists of points in fractions; even-odd rule), grown by a share of the width; else 0. */
export function fillOutlines(outlines, width, height, margin = 0) {
  const inside = new Uint8Array(width * height);
  for (const outline of outlines) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (isInside(outline, (x + 0.5) / width, (y + 0.5) / height)) inside[y * width + x] = 1;
      }
    }
  }
  const reach = Math.round(margin * width);
  if (reach === 0) return inside;
  const grown = new Uint8Array(width * height);
  for (let pixel = 0; pixel < inside.length; pixel++) {
    if (!inside[pixel]) continue;
    const [column, row] = [pixel % width, Math.floor(pixel / width)];
    for (let y = Math.max(0, row - reach); y <= Math.min(height - 1, row + reach); y++) {
      grown.fill(1, y * width + Math.max(0, column - reach), y * width + Math.min(width, column + reach + 1));
    }
  }
  return grown;
}

function isInside(outline, x, y) {
  let inside = false;
  for (let at = 0, last = outline.length - 1; at < outline.length; last = at++) {
    const [x1, y1] = outline[at];
    const [x2, y2] = outline[last];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}
