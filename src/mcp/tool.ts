/** Part of a tool's answer, as the Model Context Protocol has it. */
export type Content =
  | { type: 'text'; text: string }
  | { type: 'resource_link'; uri: string; name: string; mimeType: string };

/** What a running tool is given besides its arguments. */
export interface ToolCall {
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal;
  /** Tells how far it is, 0–100, and what is being done. */
  report(progress: number, message: string): void;
}

/** Something that a model can have done. */
export interface Tool {
  name: string;
  /** For the model. */
  description: string;
  /** JSON Schema of its arguments. */
  inputSchema: object;
  /** Throws an error whose message tells the model what to do otherwise. */
  run(given: unknown, call: ToolCall): Promise<Content[]>;
}
