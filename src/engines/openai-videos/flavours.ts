/** Servers differ in what they take beside prompt, picture and model. */
export interface Flavour {
  /** Lengths that it makes, in seconds. */
  seconds: readonly number[];
  /** Whether it takes `width`, `height`, `num_frames`, `fps`, `seed` and `negative_prompt`; else `size` and `seconds`. */
  frames: boolean;
  /** Which of the listed models make videos. */
  isVideoModel(id: string): boolean;
}

/** By name: OpenAI itself, and the inference servers that speak as it does. */
export const flavours = {
  openai: { seconds: [4, 8, 12], frames: false, isVideoModel: (id) => id.startsWith('sora') },
  vllm: { seconds: [5], frames: true, isVideoModel: () => true },
  sglang: { seconds: [5], frames: true, isVideoModel: () => true },
} as const satisfies Record<string, Flavour>;

/** One of {@link flavours}. */
export type FlavourName = keyof typeof flavours;
