import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { fromInterleaved, type RgbImage } from '../image.ts';
import { readScene, type Scene } from '../scene.ts';

/** Path of a sample photograph. */
export const samplePath = (name: string) =>
  fileURLToPath(new URL(`../../../samples/${name}`, import.meta.url));

/** A sample photograph at a given long side, for tests. */
export async function loadSample(name: string, side: number): Promise<RgbImage> {
  const { data, info } = await sharp(samplePath(name))
    .resize(side, side, { fit: 'inside' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return fromInterleaved(data, info.width, info.height);
}

/** A sample photograph, read. */
export async function sampleScene(name: string): Promise<Scene> {
  return readScene(await loadSample(name, 384), await loadSample(name, 640));
}
