/** The part of the ONNX runtimes' interface that a depth model needs; `onnxruntime-node` and `-web` share it. */
export interface OnnxRuntime {
  Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => OnnxTensor;
  InferenceSession: { create(model: Uint8Array): Promise<OnnxSession> };
}

export interface OnnxTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: ArrayLike<unknown>;
}

export interface OnnxSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Absent in older versions. */
  readonly inputMetadata?: readonly { shape?: readonly (number | string)[] }[];
  run(inputs: Record<string, OnnxTensor>): Promise<Record<string, OnnxTensor>>;
}

/** The packages, the faster one first. Neither is a dependency: who has a model installs one. */
export const onnxRuntimes = ['onnxruntime-node', 'onnxruntime-web'] as const;

/**
 * The first that is installed; undefined when none is.
 * @param load imports a package
 */
export async function loadOnnxRuntime(
  load: (name: string) => Promise<unknown> = (name) => import(name),
): Promise<{ name: string; runtime: OnnxRuntime } | undefined> {
  for (const name of onnxRuntimes) {
    try {
      const loaded = (await load(name)) as OnnxRuntime & { default?: OnnxRuntime };
      return { name, runtime: loaded.InferenceSession ? loaded : loaded.default! };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    }
  }
  return undefined;
}
