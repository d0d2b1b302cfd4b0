import type { Plane } from '../../picture/pixels/plane.ts';
import { resizeBilinear } from '../../picture/pixels/resize.ts';
import type { Size } from '../../picture/render/size.ts';
import type { OnnxRuntime, OnnxSession, OnnxTensor } from './depth-runtime.ts';

/** Why a model's file is of no use, to complete "The depth model could not be used: …". */
export class UnusableModel extends Error {
  constructor(why: string, cause?: unknown) {
    super(why, { cause });
    this.name = 'UnusableModel';
  }
}

/** Mean and standard deviation of red, green and blue in ImageNet, by which such models want their input normalised. */
const MEAN = [0.485, 0.456, 0.406] as const;
const DEVIATION = [0.229, 0.224, 0.225] as const;
/** More pixels than this a model's file may not ask for: it would take minutes. */
const MOST_PIXELS = 4_000_000;

/**
 * Lets a model with the layout of Depth Anything V2 look at a picture: one input of 1 × 3 × height × width, one output of
 * height × width, its first, with relative inverse depth.
 *
 * @param rgb interleaved 8-bit sRGB
 * @throws UnusableModel when the file is no such model
 */
export async function runDepthModel(
  runtime: OnnxRuntime,
  model: Uint8Array,
  rgb: Uint8Array,
  size: Size,
): Promise<Plane> {
  const session = await runtime.InferenceSession.create(model).catch((error: unknown) => {
    throw new UnusableModel('its file is not an ONNX model that the runtime can read', error);
  });
  const to = inputSize(session, size);
  const pixels = normalise(rgb, size, to);
  const input = new runtime.Tensor('float32', pixels, [1, 3, to.height, to.width]);
  const answer = await session.run({ [session.inputNames[0]!]: input }).catch((error: unknown) => {
    throw new UnusableModel('it cannot work on a picture of this size', error);
  });
  return readAnswer(answer[session.outputNames[0]!]!);
}

/** The size that the model wants, where it wants a certain one. */
function inputSize({ inputNames, inputMetadata }: OnnxSession, size: Size): Size {
  if (inputNames.length !== 1) throw new UnusableModel('it takes more than one picture');
  const shape = inputMetadata?.[0]?.shape;
  if (!shape) return size;
  const [, channels, height, width] = shape;
  const isAny = (side: number | string | undefined) => typeof side !== 'number' || side <= 0;
  if (shape.length !== 4 || !(isAny(channels) || channels === 3)) {
    throw new UnusableModel(`it takes ${shape.join(' × ')} numbers and not 1 × 3 × height × width`);
  }
  const wanted = {
    width: isAny(width) ? size.width : Number(width),
    height: isAny(height) ? size.height : Number(height),
  };
  if (wanted.width * wanted.height > MOST_PIXELS) {
    throw new UnusableModel(`it wants ${wanted.width} × ${wanted.height} pixels, which takes too long`);
  }
  return wanted;
}

/** Three planes after each other, normalised. */
function normalise(rgb: Uint8Array, from: Size, to: Size): Float32Array {
  const count = from.width * from.height;
  const planes = MEAN.map((mean, channel) => {
    const plane = new Float32Array(count);
    for (let pixel = 0; pixel < count; pixel++) {
      plane[pixel] = (rgb[3 * pixel + channel]! / 255 - mean) / DEVIATION[channel]!;
    }
    return resizeBilinear(plane, from.width, from.height, to.width, to.height);
  });
  const pixels = new Float32Array(3 * to.width * to.height);
  planes.forEach((plane, channel) => {
    pixels.set(plane, channel * plane.length);
  });
  return pixels;
}

function readAnswer({ type, dims, data }: OnnxTensor): Plane {
  const [height = 0, width = 0] = dims.slice(-2);
  const isPicture = height > 1 && width > 1 && height * width === data.length;
  if (!isPicture || dims.length < 2) {
    throw new UnusableModel(
      `it answers with ${dims.join(' × ') || 'one'} numbers and not with height × width`,
    );
  }
  if (!(data instanceof Float32Array)) {
    throw new UnusableModel(`it answers in ${type} and not in float32`);
  }
  return { width, height, values: data };
}
