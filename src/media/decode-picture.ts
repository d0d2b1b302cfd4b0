import sharp from 'sharp';
import { StillroarError } from '../errors.ts';
import type { Size } from '../picture/render/size.ts';
import { stripPicture } from './strip-picture.ts';

/** Pictures with more pixels are refused before they are decoded. */
const MAX_PICTURE_PIXELS = 40_000_000;

// Only the loaders for what people upload, and only from memory: no SVG, PDF, ImageMagick or file access.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadNsgifBuffer',
    'VipsForeignLoadHeifBuffer',
    'VipsForeignLoadTiffBuffer',
  ],
});
sharp.cache(false);

/** A picture that was understood but not decoded yet. */
export interface OpenedPicture extends Size {
  /** Decodes to interleaved 8-bit sRGB of exactly the given size; the aspect ratio is kept and the rest cropped. */
  decode(size: Size): Promise<Uint8Array>;
}

const unreadable = (bytes: Uint8Array, cause: unknown) =>
  new StillroarError(
    'picture-unreadable',
    isHeic(bytes)
      ? 'HEIC pictures cannot be decoded here. Send it as JPEG, PNG, WebP, AVIF, GIF or TIFF.'
      : 'The picture cannot be decoded. Send a complete JPEG, PNG, WebP, AVIF, GIF or TIFF file.',
    { cause },
  );

/** Whether the file's brand (ISO/IEC 23008-12, annex B) is that of pictures in HEVC, whose patents keep them out of sharp. */
function isHeic(bytes: Uint8Array): boolean {
  return /^ftyp(hei[cmsx]|hev[cmsx])/.test(Buffer.from(bytes.subarray(4, 12)).toString('latin1'));
}

/**
 * Reads a picture's header. Width and height are as seen, after its EXIF orientation.
 *
 * @throws StillroarError `picture-unreadable`, or `too-large` beyond 40 megapixels
 */
export async function openPicture(file: Uint8Array): Promise<OpenedPicture> {
  const bytes = stripPicture(file);
  const options = { failOn: 'error', limitInputPixels: MAX_PICTURE_PIXELS, pages: 1 } as const;
  // The header is read without the limit, so that the sentence can name the size.
  const metadata = await sharp(bytes, { ...options, limitInputPixels: false })
    .metadata()
    .catch((error) => {
      throw unreadable(bytes, error);
    });
  const { width, height } = metadata.autoOrient;
  if (width * height > MAX_PICTURE_PIXELS) {
    throw new StillroarError(
      'too-large',
      `The picture has ${width} × ${height} pixels; at most ${MAX_PICTURE_PIXELS / 1e6} megapixels are accepted. ` +
        'Scale it down and send it again.',
    );
  }
  return {
    width,
    height,
    decode: async (size) => {
      const data = await sharp(bytes, options)
        .autoOrient()
        .toColourspace('srgb')
        .flatten({ background: '#ffffff' })
        .resize(size.width, size.height, { fit: 'cover', kernel: 'lanczos3' })
        .removeAlpha()
        .raw({ depth: 'uchar' })
        .toBuffer()
        .catch((error) => {
          throw unreadable(bytes, error);
        });
      return data;
    },
  };
}

/** Scales interleaved 8-bit RGB. */
export function scaleRgb(rgb: Uint8Array, from: Size, to: Size): Promise<Uint8Array> {
  return sharp(rgb, { raw: { width: from.width, height: from.height, channels: 3 } })
    .resize(to.width, to.height, { fit: 'fill', kernel: 'lanczos3' })
    .raw()
    .toBuffer();
}

/** Encodes interleaved 8-bit sRGB as a JPEG whose long side is at most `longSide` pixels. */
export function encodeJpeg(rgb: Uint8Array, size: Size, longSide: number): Promise<Uint8Array> {
  return sharp(rgb, { raw: { width: size.width, height: size.height, channels: 3 } })
    .resize(longSide, longSide, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 82 })
    .toBuffer();
}

/** Encodes interleaved 8-bit sRGB as a PNG, without loss. */
export function encodePng(rgb: Uint8Array, { width, height }: Size): Promise<Uint8Array> {
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 3 })
    .toBuffer();
}
