// The little of ONNX's protocol buffers (onnx.proto3) that a model of a node or two needs, written by hand.

/** One field: its number, and a whole number, bytes or a text. */
type Field = [number: number, value: number | Uint8Array | string];

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

function message(...fields: Field[]): Buffer {
  const parts = fields.map(([number, value]) => {
    if (typeof value === 'number') return Buffer.from([...varint(number * 8), ...varint(value)]);
    const bytes = Buffer.from(value);
    return Buffer.concat([Buffer.from([...varint(number * 8 + 2), ...varint(bytes.length)]), bytes]);
  });
  return Buffer.concat(parts);
}

const FLOAT = 1;
const INTS = 7;

/** A tensor's name and shape; a text is a side of any length. */
function valueInfo(name: string, shape: readonly (number | string)[]): Buffer {
  const sides = shape.map((side): Field => [1, message([typeof side === 'number' ? 1 : 2, side])]);
  return message([1, name], [2, message([1, message([1, FLOAT], [2, message(...sides)])])]);
}

const ints = (name: string, values: number[]) =>
  message([1, name], ...values.map((value): Field => [8, value]), [20, INTS]);
const int = (name: string, value: number) => message([1, name], [3, value], [20, 2]);

/** What a tiny model is like. */
export interface TinyModel {
  /** What a pixel's depth is made of: factors of its normalised red, green and blue. */
  weights: [red: number, green: number, blue: number];
  /** Height and width of its input; left out, any. */
  size?: [height: number, width: number];
  /** Channels that it takes. Default 3. */
  channels?: number;
  /** Whether it gives one number for the whole picture. */
  isOneNumber?: boolean;
}

/**
 * A real ONNX model with the inputs and outputs of Depth Anything V2: `pixel_values` 1 × 3 × height × width becomes
 * `predicted_depth` 1 × height × width, here by a weighted sum of the colours.
 */
export function encodeTinyModel({ weights, size, channels = 3, isOneNumber }: TinyModel): Buffer {
  const [height, width] = size ?? ['height', 'width'];
  const numbers = Float32Array.from({ length: channels }, (_, index) => weights[index] ?? 0);
  const kernel = message(
    ...[1, channels, 1, 1].map((side): Field => [1, side]),
    [2, FLOAT],
    [8, 'weights'],
    [9, new Uint8Array(numbers.buffer)],
  );
  const mix = message([1, 'pixel_values'], [1, 'weights'], [2, 'mixed'], [4, 'Conv']);
  const axes = isOneNumber ? [1, 2, 3] : [1];
  const flatten = message(
    [1, 'mixed'],
    [2, 'predicted_depth'],
    [4, 'ReduceMean'],
    [5, ints('axes', axes)],
    [5, int('keepdims', 0)],
  );
  const shape = isOneNumber ? ['batch'] : ['batch', height, width];
  const graph = message(
    [1, mix],
    [1, flatten],
    [2, 'tiny'],
    [5, kernel],
    [11, valueInfo('pixel_values', ['batch', channels, height, width])],
    [12, valueInfo('predicted_depth', shape)],
  );
  return message([1, 8], [7, graph], [8, message([1, ''], [2, 13])]);
}
