// A film without its file: what the engine draws, frame by frame, in this process.
import { readFileSync } from 'node:fs';
import { prepareFilm } from '../dist/engines/builtin/analyse.js';
import { createComposer } from '../dist/picture/render/compose.js';
import { createKernel } from '../dist/picture/render/kernel.js';
import { createKernelMemory, frameView, kernelLayout, uploadPicture } from '../dist/picture/render/layout.js';
import { regionRectangle } from '../dist/picture/render/region-detail.js';

const kernelCode = new URL('../dist/picture/render/warp.wasm', import.meta.url);

/** A request for a film of a photograph, as the engine gets it. */
export const filmOf = (imagePath, prompt, resolution, seconds = 5) => ({
  kind: 'image-to-video',
  imagePath,
  prompt,
  resolution,
  seconds,
  framesPerSecond: 24,
  seed: 1,
  quality: 'fast',
  negativePrompt: '',
  extendPrompt: false,
});

/** Reads the photograph and answers what draws frame `index` and shows it: its bytes are overwritten by the next. */
export async function prepareDrawing(input) {
  const { frame, source, pictures, film } = await prepareFilm(input);
  return {
    frame,
    frameCount: film.frameCount,
    /** Everything before the first frame besides reading the picture. */
    open() {
      const flowing = film.regions.filter(({ type }) => type === 'flow');
      const layout = kernelLayout(source, frame, 1, {
        regions: flowing.map((region) => regionRectangle(region, source)),
        ...(film.near && { over: 'near' }),
        fine: false,
      });
      const memory = createKernelMemory(layout);
      uploadPicture(memory, layout, pictures[0], 0);
      const kernel = createKernel(new WebAssembly.Module(readFileSync(kernelCode)), memory, layout);
      const draw = createComposer(kernel, film);
      return (index) => {
        draw(index, 0);
        return frameView(memory, layout, 0);
      };
    },
  };
}
