/**
 * The discrete Fourier transform of a complex signal, in place (Cooley & Tukey, 1965; radix 2). The length is a power
 * of two. `inverse` also divides by the length, so that it undoes the transform.
 */
export function transform(real: Float64Array, imaginary: Float64Array, inverse = false): void {
  const length = real.length;
  for (let index = 1, mirror = 0; index < length; index++) {
    let bit = length >> 1;
    for (; mirror & bit; bit >>= 1) mirror ^= bit;
    mirror ^= bit;
    if (index < mirror) {
      [real[index], real[mirror]] = [real[mirror]!, real[index]!];
      [imaginary[index], imaginary[mirror]] = [imaginary[mirror]!, imaginary[index]!];
    }
  }
  for (let size = 2; size <= length; size *= 2) {
    const angle = ((inverse ? 2 : -2) * Math.PI) / size;
    const [turnReal, turnImaginary] = [Math.cos(angle), Math.sin(angle)];
    const half = size / 2;
    let [waveReal, waveImaginary] = [1, 0];
    for (let step = 0; step < half; step++) {
      for (let first = step; first < length; first += size) {
        const second = first + half;
        const partReal = real[second]! * waveReal - imaginary[second]! * waveImaginary;
        const partImaginary = real[second]! * waveImaginary + imaginary[second]! * waveReal;
        real[second] = real[first]! - partReal;
        imaginary[second] = imaginary[first]! - partImaginary;
        real[first]! += partReal;
        imaginary[first]! += partImaginary;
      }
      const next = waveReal * turnReal - waveImaginary * turnImaginary;
      waveImaginary = waveReal * turnImaginary + waveImaginary * turnReal;
      waveReal = next;
    }
  }
  if (inverse) {
    for (let index = 0; index < length; index++) {
      real[index]! /= length;
      imaginary[index]! /= length;
    }
  }
}
