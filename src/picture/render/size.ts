import type { Resolution, Warning } from '../../engines/engine.ts';

/** Short side of the video in pixels. */
export const shortSides: Record<Resolution, number> = { '720p': 720, '1080p': 1080, '4k': 2160 };

/** The largest video, in pixels: a 4k frame with a little room for unusual aspect ratios. */
const MAX_PIXELS = 9_400_000;
/** The longest side that H.264 players still take. */
const MAX_SIDE = 8192;
/** The shortest side of a video; below it chroma blocks of the encoder run out. */
const MIN_SIDE = 32;

/** Width and height in pixels. */
export interface Size {
  width: number;
  height: number;
}

const even = (value: number) => Math.max(MIN_SIDE, 2 * Math.round(value / 2));

/**
 * The size of the video: the picture's own aspect ratio with the short side that the resolution names, both sides
 * even. A very long or tall picture is scaled down until it fits, and the warning says so.
 */
export function videoSize(picture: Size, resolution: Resolution): { size: Size; warnings: Warning[] } {
  const short = shortSides[resolution];
  const wanted = short / Math.min(picture.width, picture.height);
  const scale = Math.min(
    wanted,
    Math.sqrt(MAX_PIXELS / (picture.width * picture.height)),
    MAX_SIDE / Math.max(picture.width, picture.height),
  );
  const size = { width: even(picture.width * scale), height: even(picture.height * scale) };
  if (scale >= wanted) return { size, warnings: [] };
  return {
    size,
    warnings: [
      {
        code: 'size-reduced',
        message:
          `At ${resolution} this picture would be larger than ${MAX_PIXELS / 1e6} megapixels or ${MAX_SIDE} ` +
          `pixels on one side, so the video is ${size.width} × ${size.height}.`,
      },
    ],
  };
}

/** How much finer than the video the picture is decoded: a camera that moves in still finds detail there. */
const OVERSAMPLING = 1.2;

/**
 * The size at which the picture is decoded: somewhat finer than the video (much finer would alias), but not beyond
 * the picture's own pixels unless the video itself needs them.
 */
export function sourceSize(picture: Size, video: Size): Size {
  const native = Math.min(picture.width / video.width, picture.height / video.height);
  const scale = Math.max(1, Math.min(OVERSAMPLING, native));
  return { width: even(video.width * scale), height: even(video.height * scale) };
}
