import { openAsBlob } from 'node:fs';
import { z } from 'zod';
import type { Client, Source, Task } from '../client/index.ts';
import type { Content, Tool, ToolCall } from './tool.ts';

const FILE = 'a path on this machine, a URL, or the id of an upload';
const resolution = z.enum(['720p', '1080p', '4k']).optional();
const seed = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)
  .optional();

const imageFields = z.strictObject({
  image: z.string().describe(`The picture: ${FILE}.`),
  prompt: z
    .string()
    .optional()
    .describe(
      'How the camera moves, what moves in the picture, what is heard: "slow push in, waves, gulls cry".',
    ),
  lastImage: z.string().optional().describe(`The picture that the video ends on: ${FILE}.`),
  effect: z.string().optional().describe('What happens to the subject instead; a code of list_effects.'),
  audio: z.enum(['ai', 'none']).optional().describe('Default ai: sound is composed to what is seen.'),
  resolution: resolution.describe('Default 720p.'),
  seconds: z.literal([5, 10]).optional().describe('Default 5.'),
  seed: seed.describe('The same seed gives the same video.'),
});

const soundFields = z.strictObject({
  video: z.string().describe(`The video: ${FILE}, or the id of a finished task.`),
  prompt: z.string().optional().describe('What is heard: "heavy rain, distant thunder".'),
  musicPrompt: z.string().optional().describe('Music: "calm piano".'),
  originalAudio: z
    .enum(['replace', 'mix', 'duck'])
    .optional()
    .describe('What becomes of the sound that it has. Default replace.'),
  seed,
});

const idFields = z.strictObject({ id: z.string().describe('The id of a task.') });

/** Bytes for what is a path, and the rest as it is. */
async function toSource(value: string): Promise<Source> {
  if (/^[a-z][a-z+.-]+:/i.test(value) || /^([0-9a-f]{24}|\d{1,18})$/.test(value)) return value;
  try {
    return await openAsBlob(value);
  } catch (cause) {
    throw new Error(`There is no file at ${value}.`, { cause });
  }
}

/** A task in the words of the native API, and links to what it made. */
function show(task: Task): Content[] {
  const { id, state, progress, input, seed, credits, warnings, error, outputs } = task;
  const facts = { id, state, progress, prompt: input.prompt, seed, credits, warnings, error, outputs };
  return [
    { type: 'text', text: JSON.stringify(facts, null, 2) },
    ...outputs.map(({ kind, url, contentType }): Content => {
      return { type: 'resource_link', uri: url, name: kind, mimeType: contentType };
    }),
  ];
}

/** Waits for a task and tells of it; when nobody waits any more, it is cancelled. */
async function follow(client: Client, { id }: Task, { signal, report }: ToolCall): Promise<Content[]> {
  const onUpdate = ({ state, progress, stage }: Task) => report(progress, stage ?? state);
  try {
    return show(await client.wait(id, { signal, onUpdate }));
  } catch (error) {
    if (signal.aborted) await client.cancel(id).catch(() => {});
    throw error;
  }
}

/** A tool whose arguments are read by a schema. */
function define<Fields extends z.ZodType>(
  name: string,
  description: string,
  fields: Fields,
  run: (given: z.output<Fields>, call: ToolCall) => Promise<Content[]>,
): Tool {
  return {
    name,
    description,
    inputSchema: z.toJSONSchema(fields, { io: 'input' }),
    async run(given, call) {
      const read = fields.safeParse(given);
      if (!read.success) throw new Error(z.prettifyError(read.error));
      return run(read.data, call);
    },
  };
}

/** The object without its undefined fields. */
function definedOnly<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

/** What a model can have a server do. */
export function createTools(client: Client): Tool[] {
  return [
    define(
      'animate_image',
      'Makes a video with sound from a picture: the camera moves and what is in the picture comes to life. Takes seconds to a minute; answers when the video is there.',
      imageFields,
      async ({ image, lastImage, ...rest }, call) => {
        const files = {
          image: await toSource(image),
          ...(lastImage !== undefined && { lastImage: await toSource(lastImage) }),
        };
        return follow(client, await client.animate({ ...definedOnly(rest), ...files }), call);
      },
    ),
    define(
      'add_sound',
      'Gives a video new sound that fits what is seen; its picture stays as it is. Answers when it is there.',
      soundFields,
      async ({ video, ...rest }, call) =>
        follow(client, await client.addSound({ ...definedOnly(rest), video: await toSource(video) }), call),
    ),
    define('get_task', 'Shows how a task stands and what it made.', idFields, async ({ id }, { signal }) =>
      show(await client.get(id, { signal })),
    ),
    define(
      'list_effects',
      'Lists what can happen to the subject of a picture.',
      z.strictObject({}),
      async (_, { signal }) => {
        const effects = await client.effects({ signal });
        const lines = effects.map(({ code, name, summary }) => `${code}: ${name}. ${summary}`);
        return [{ type: 'text', text: lines.join('\n') }];
      },
    ),
  ];
}
