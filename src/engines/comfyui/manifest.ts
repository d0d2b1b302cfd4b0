import { z } from 'zod';

// A workflow is a folder with two files: `workflow.json`, the graph in ComfyUI's API format, and `manifest.json`, which
// says what goes into the graph, what comes out, what it needs and what its licence allows.

const graphNode = z.object({
  class_type: z.string(),
  inputs: z.record(z.string(), z.unknown()),
  _meta: z.object({ title: z.string().optional() }).optional(),
});

/** A graph in ComfyUI's API format: nodes by id; an input is a value or a link `[node, output]`. */
export const graphSchema = z.record(z.string(), graphNode);

/** See {@link graphSchema}. */
export type Graph = z.output<typeof graphSchema>;

const place = z.object({ node: z.string(), input: z.string() }).strict();
const places = z.array(place).default([]);

/** Where each value of a task goes in the graph; one value may go to several places. */
const bindings = z
  .object({
    prompt: places,
    negativePrompt: places,
    /** Names of uploaded files. */
    image: places,
    lastImage: places,
    video: places,
    seed: places,
    width: places,
    height: places,
    /** Number of frames. */
    frames: places,
    framesPerSecond: places,
    /** Length in seconds. */
    seconds: places,
    /** Beginning of the result's file name. */
    prefix: places,
  })
  .strict();

/** A value that {@link bindGraph} puts into a graph. */
export type BindingName = keyof z.output<typeof bindings>;

const resolution = z.enum(['720p', '1080p', '4k']);

export const manifestSchema = z
  .object({
    /** Shown to people: `Wan 2.2 image to video, 14B in 4 steps`. */
    title: z.string().min(1),
    kind: z.enum(['image-to-video', 'text-to-video', 'video-to-audio']),
    licence: z
      .object({
        name: z.string().min(1),
        url: z.url().optional(),
        /** One sentence: what may be done with the results, and by whom. */
        allows: z.string().min(1),
        /** Not offered before the operator has accepted the licence. */
        mustBeAccepted: z.boolean().default(false),
      })
      .strict(),
    resolutions: z.array(resolution).min(1).default(['720p']),
    /** Lengths that it makes, in seconds. */
    seconds: z.array(z.number().positive()).min(1).default([5]),
    /**
     * The longest video that the model makes at once, in seconds. Longer ones are made in pieces of equal length, each from
     * the last picture of the one before. Default: any length.
     */
    piece: z.number().positive().optional(),
    quality: z.enum(['fast', 'fine']).default('fine'),
    /** Credits for five seconds, by resolution; what is left out costs as it does everywhere. */
    prices: z.partialRecord(resolution, z.number().int().nonnegative()).default({}),
    /** The video that it makes, or that it wants to see (video-to-audio). */
    framesPerSecond: z.number().positive(),
    /** The counts of frames that the model takes: multiples of 4 or 8, and one. */
    frames: z.enum(['n', '4n+1', '8n+1']).default('n'),
    /** Both sides are multiples of it, in pixels. */
    sizeMultiple: z.number().int().min(2).multipleOf(2).default(16),
    /** Most pixels of a frame, largest first: the next is tried when the GPU's memory does not suffice. */
    tiers: z.array(z.number().int().positive()).min(1).readonly(),
    /** Whether the video comes with sound. */
    sound: z.boolean().default(false),
    bindings,
    /** Ids of the nodes that save the result. */
    outputs: z.array(z.string()).min(1),
    requires: z
      .object({
        /** Node packs beside ComfyUI's own nodes. */
        packs: z
          .array(z.object({ name: z.string(), url: z.url(), nodes: z.array(z.string()).min(1) }).strict())
          .default([]),
        /** Weights: the file `name` in `models/<folder>`. */
        models: z
          .array(z.object({ folder: z.string(), name: z.string(), url: z.url().optional() }).strict())
          .default([]),
      })
      .strict()
      .default({ packs: [], models: [] }),
  })
  .strict();

/** What a workflow says about itself. */
export type Manifest = z.output<typeof manifestSchema>;

/** A workflow, read and checked. */
export interface Workflow {
  /** The folder's name; the model's name is the same. */
  name: string;
  manifest: Manifest;
  graph: Graph;
}
