import sharp from 'sharp';

/** Peak signal-to-noise ratio in dB between a frame (RGB, 8 bits) and a picture cut to its size. */
export async function similarity(
  rgb: Uint8Array,
  width: number,
  height: number,
  picture: Buffer,
): Promise<number> {
  const wanted = await sharp(picture)
    .resize(width, height, { fit: 'cover', kernel: 'lanczos3' })
    .removeAlpha()
    .raw()
    .toBuffer();
  let sum = 0;
  for (let at = 0; at < wanted.length; at++) sum += (wanted[at]! - rgb[at]!) ** 2;
  return 10 * Math.log10(255 ** 2 / (sum / wanted.length));
}
