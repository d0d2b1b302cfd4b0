import { joinWorkflow } from '../../src/engines/comfyui/load-workflows.ts';
import { type Manifest, manifestSchema, type Workflow } from '../../src/engines/comfyui/manifest.ts';

// Workflows that need no weights: a real ComfyUI runs them on any machine.

const licence = { name: 'none', url: 'https://example.org/licence', allows: 'Everything.' };

/** A still picture as a film. */
export function stillWorkflow(changes: Partial<Manifest> = {}): Workflow {
  const graph = {
    '1': { class_type: 'LoadImage', inputs: { image: 'example.png' } },
    '2': {
      class_type: 'ImageScale',
      inputs: { image: ['1', 0], upscale_method: 'bilinear', width: 640, height: 352, crop: 'center' },
    },
    '3': { class_type: 'RepeatImageBatch', inputs: { image: ['2', 0], amount: 81 } },
    '4': { class_type: 'CreateVideo', inputs: { images: ['3', 0], fps: 16 } },
    '5': {
      class_type: 'SaveVideo',
      inputs: { video: ['4', 0], filename_prefix: 'x', format: 'mp4', codec: 'h264' },
    },
  };
  const manifest = manifestSchema.parse({
    title: 'A still picture',
    kind: 'image-to-video',
    licence,
    framesPerSecond: 16,
    frames: '4n+1',
    tiers: [921_600, 400_000],
    bindings: {
      image: [{ node: '1', input: 'image' }],
      width: [{ node: '2', input: 'width' }],
      height: [{ node: '2', input: 'height' }],
      frames: [{ node: '3', input: 'amount' }],
      framesPerSecond: [{ node: '4', input: 'fps' }],
      prefix: [{ node: '5', input: 'filename_prefix' }],
    },
    outputs: ['5'],
  });
  return joinWorkflow('still', { ...manifest, ...changes }, graph);
}

/** The sound of a video, as it is. */
export function echoWorkflow(): Workflow {
  const graph = {
    '1': { class_type: 'LoadVideo', inputs: { file: 'example.mp4' } },
    '2': { class_type: 'GetVideoComponents', inputs: { video: ['1', 0] } },
    '3': { class_type: 'SaveAudio', inputs: { audio: ['2', 1], filename_prefix: 'x' } },
  };
  const manifest = manifestSchema.parse({
    title: 'An echo',
    kind: 'video-to-audio',
    licence: { ...licence, mustBeAccepted: true },
    framesPerSecond: 25,
    tiers: [262_144],
    bindings: {
      video: [{ node: '1', input: 'file' }],
      prefix: [{ node: '3', input: 'filename_prefix' }],
    },
    outputs: ['3'],
  });
  return joinWorkflow('echo', manifest, graph);
}
