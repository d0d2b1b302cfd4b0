/**
 * The value below which the given share (0–1) of the values lies, without interpolation; 0 for no values.
 * The values are left in their order. Hoare, "Algorithm 65: find", 1961: linear time on average.
 */
export function quantile(values: Float32Array, share: number): number {
  if (values.length === 0) return 0;
  const work = values.slice();
  const wanted = Math.min(work.length - 1, Math.floor(share * work.length));
  let left = 0;
  let right = work.length - 1;
  while (left < right) {
    const pivot = work[(left + right) >> 1]!;
    let low = left;
    let high = right;
    while (low <= high) {
      while (work[low]! < pivot) low++;
      while (work[high]! > pivot) high--;
      if (low > high) break;
      const swapped = work[low]!;
      work[low++] = work[high]!;
      work[high--] = swapped;
    }
    if (wanted <= high) right = high;
    else if (wanted >= low) left = low;
    else break;
  }
  return work[wanted]!;
}

/** A threshold and how well it divides. */
export interface Split {
  /** Between the two classes. */
  threshold: number;
  /** Share of the variance that lies between the classes, 0–1; above 0.7 the values fall into two heaps. */
  separation: number;
}

/**
 * Divides values in [0, 1] into two classes so that the variance between them is largest.
 * Otsu, "A threshold selection method from gray-level histograms", 1979; 64 bins.
 */
export function otsuSplit(values: Float32Array): Split {
  const bins = 64;
  const histogram = new Float64Array(bins);
  let total = 0;
  for (let index = 0; index < values.length; index++) {
    const bin = Math.max(0, Math.min(bins - 1, Math.floor(values[index]! * bins)));
    histogram[bin]! += 1;
    total += bin;
  }
  const count = values.length;
  const mean = total / Math.max(1, count);
  let variance = 0;
  for (let bin = 0; bin < bins; bin++) variance += histogram[bin]! * (bin - mean) ** 2;

  let below = 0;
  let belowTotal = 0;
  let best = 0;
  let threshold = 0.5;
  for (let bin = 0; bin < bins - 1; bin++) {
    below += histogram[bin]!;
    belowTotal += bin * histogram[bin]!;
    const above = count - below;
    if (below === 0 || above === 0) continue;
    const gap = belowTotal / below - (total - belowTotal) / above;
    const between = ((below * above) / count) * gap * gap;
    if (between > best) {
      best = between;
      threshold = (bin + 1) / bins;
    }
  }
  return { threshold, separation: variance > 0 ? best / variance : 0 };
}
