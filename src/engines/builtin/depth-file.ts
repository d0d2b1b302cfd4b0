import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../../config.ts';
import { StillroarError } from '../../errors.ts';
import type { PublishedFile } from '../../net/download-published.ts';

/** The depth model that is fetched on demand: the small one of Depth Anything V2, as its ONNX community publishes it. */
export const publishedDepthModel: PublishedFile & { name: string; title: string; licence: string } = {
  name: 'depth-anything-v2-small',
  title: 'Depth Anything V2 Small',
  licence: 'Apache-2.0',
  url: 'https://huggingface.co/onnx-community/depth-anything-v2-small/resolve/4472b7362082ad9968fee890ca0f1e5aca36b93d/onnx/model.onnx',
  bytes: 99_060_839,
  sha256: 'afb6a5c28f3b6bf1618c6e43f02073ef9dfdc70e937502d51603e57b0a1df10c',
};

/** Where it is kept. */
export function depthModelPath({ data }: Pick<Config, 'data'>): string {
  return join(resolve(data), 'models', `${publishedDepthModel.name}.onnx`);
}

/**
 * What answers the path of the operator's depth model: the configured one, or the fetched one as soon as it is there.
 * @throws StillroarError `configuration` when the configured one is not there
 */
export function depthModelFinder(config: Pick<Config, 'data' | 'depthModel'>): () => string | undefined {
  const { depthModel } = config;
  if (depthModel !== undefined && !existsSync(depthModel)) {
    throw new StillroarError(
      'configuration',
      `STILLROAR_DEPTH_MODEL names ${depthModel}, which is not there. Leave it out to do without, or fetch a model ` +
        'with stillroar models pull depth.',
    );
  }
  if (depthModel !== undefined) return () => resolve(depthModel);
  const path = depthModelPath(config);
  return () => (existsSync(path) ? path : undefined);
}
