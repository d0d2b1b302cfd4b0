import { z } from 'zod';
import { type Client, type Task, TaskFailedError } from '../client/index.ts';
import type { Files } from './files.ts';
import type { Content, Tool, ToolCall } from './tool.ts';

const resolution = z.enum(['720p', '1080p', '4k']).optional();
const seed = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)
  .optional();

const imageFields = ({ about }: Files) =>
  z.strictObject({
    image: z.string().describe(`The picture: ${about}.`),
    prompt: z
      .string()
      .optional()
      .describe(
        'How the camera moves, what moves in the picture, what is heard: "slow push in, waves, gulls cry".',
      ),
    lastImage: z.string().optional().describe(`The picture that the video ends on: ${about}.`),
    effect: z.string().optional().describe('What happens to the subject instead; a code of list_effects.'),
    audio: z.enum(['ai', 'none']).optional().describe('Default ai: sound is composed to what is seen.'),
    resolution: resolution.describe('Default 720p.'),
    seconds: z.literal([5, 10]).optional().describe('Default 5.'),
    seed: seed.describe('The same seed gives the same video.'),
  });

const soundFields = ({ about }: Files) =>
  z.strictObject({
    video: z.string().describe(`The video: ${about}, or the id of a finished task.`),
    prompt: z.string().optional().describe('What is heard: "heavy rain, distant thunder".'),
    musicPrompt: z.string().optional().describe('Music: "calm piano".'),
    originalAudio: z
      .enum(['replace', 'mix', 'duck'])
      .optional()
      .describe('What becomes of the sound that it has. Default replace.'),
    seed,
  });

const idFields = z.strictObject({ id: z.string().describe('The id of a task.') });

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
    if (signal.aborted || error instanceof TaskFailedError) throw error;
    const { message } = error as Error;
    throw new Error(`${message} The task is ${id}; get_task tells how it stands.`, { cause: error });
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

/** What a model can have a server do, with files that it names in one of two ways. */
export function createTools(client: Client, files: Files): Tool[] {
  return [
    define(
      'animate_image',
      'Makes a video with sound from a picture: the camera moves and what is in the picture comes to life. Takes seconds to a minute; answers when the video is there.',
      imageFields(files),
      async ({ image, lastImage, ...rest }, call) => {
        const pictures = {
          image: await files.find(image),
          ...(lastImage !== undefined && { lastImage: await files.find(lastImage) }),
        };
        return follow(client, await client.animate({ ...definedOnly(rest), ...pictures }), call);
      },
    ),
    define(
      'add_sound',
      'Gives a video new sound that fits what is seen; its picture stays as it is. Answers when it is there.',
      soundFields(files),
      async ({ video, ...rest }, call) =>
        follow(client, await client.addSound({ ...definedOnly(rest), video: await files.find(video) }), call),
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
