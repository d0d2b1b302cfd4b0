import { StillroarError } from '../../errors.ts';
import { type BindingName, type Graph, type Manifest, manifestSchema } from './manifest.ts';

/** What only the operator knows of a workflow. */
export interface WorkflowWords {
  title: string;
  licence: string;
}

interface Place {
  node: string;
  input: string;
}

/** Where a value may go: the titles that a person gives the node, and the inputs that take it, the likeliest first. */
const rules: Record<BindingName, { title: RegExp; inputs: readonly string[]; nodes?: RegExp }> = {
  prompt: { title: /^(positive )?prompt$/, inputs: ['text', 'prompt', 'value'] },
  negativePrompt: { title: /^negative( prompt)?$/, inputs: ['text', 'negative_prompt', 'value'] },
  image: { title: /^(first )?(image|picture|frame)$/, inputs: ['image'], nodes: /^LoadImage$/ },
  lastImage: { title: /^last (image|picture|frame)$/, inputs: ['image'] },
  video: { title: /^video$/, inputs: ['file', 'video'], nodes: /^(LoadVideo|VHS_LoadVideo)$/ },
  seed: { title: /^seed$/, inputs: ['seed', 'noise_seed', 'value'], nodes: /./ },
  width: { title: /^(size|width)$/, inputs: ['width', 'value'], nodes: /Latent|ToVideo/ },
  height: { title: /^(size|height)$/, inputs: ['height', 'value'], nodes: /Latent|ToVideo/ },
  frames: {
    title: /^(size|frames|length)$/,
    inputs: ['length', 'frames_number', 'value'],
    nodes: /Latent|ToVideo/,
  },
  framesPerSecond: {
    title: /^(fps|frame rate)$/,
    inputs: ['fps', 'frame_rate', 'value'],
    nodes: /^(Create|LTXV)/,
  },
  seconds: { title: /^(seconds|duration)$/, inputs: ['duration', 'seconds', 'value'] },
  prefix: { title: /^result$/, inputs: ['filename_prefix'], nodes: /^Save(Video|Audio)|VideoCombine$/ },
};

/** These go to every node that takes them; of the others there must be one. */
const shared: readonly BindingName[] = ['seed', 'width', 'height', 'frames', 'framesPerSecond'];

/**
 * A manifest for somebody's graph: what goes where is read from the titles of its nodes and, where they say nothing,
 * from what can only be meant.
 * @throws StillroarError `configuration` that says which node to give which title
 */
export function guessManifest(graph: Graph, { title, licence }: WorkflowWords): Manifest {
  const bindings = Object.fromEntries(
    (Object.keys(rules) as BindingName[]).map((name) => [name, findPlaces(graph, name)]),
  ) as Record<BindingName, Place[]>;
  const kind =
    bindings.video.length > 0
      ? 'video-to-audio'
      : bindings.image.length > 0
        ? 'image-to-video'
        : 'text-to-video';
  const texts = Object.entries(graph).filter(([, { class_type }]) => class_type === 'CLIPTextEncode');
  if (bindings.prompt.length === 0 && texts.length > 0) {
    refuse(
      'has no node titled "prompt"',
      'Give that title to the node with the prompt, and "negative prompt" to the other',
    );
  }
  if (bindings.prefix.length === 0) {
    refuse(
      'saves nothing that is known',
      'End it with SaveVideo or SaveAudio, or title the node that saves "result"',
    );
  }
  const literal = (name: BindingName, otherwise: number) => {
    const [place] = bindings[name];
    const value = place && graph[place.node]?.inputs[place.input];
    return typeof value === 'number' ? value : otherwise;
  };
  const classes = Object.values(graph).map(({ class_type }) => class_type);
  const isLtx = classes.some((name) => /LTX/.test(name));
  const isFine = isLtx || classes.includes('Wan22ImageToVideoLatent');
  const framesPerSecond = literal('framesPerSecond', kind === 'video-to-audio' ? 25 : 16);
  const seconds = Math.max(1, Math.round((literal('frames', 5 * framesPerSecond + 1) - 1) / framesPerSecond));
  return manifestSchema.parse({
    title,
    kind,
    licence: { name: licence, allows: 'See its licence.' },
    seconds: [seconds],
    framesPerSecond,
    frames: isLtx ? '8n+1' : classes.some((name) => /Wan|Hunyuan/.test(name)) ? '4n+1' : 'n',
    sizeMultiple: isFine ? 32 : 16,
    tiers: [literal('width', 832) * literal('height', 480)],
    bindings,
    outputs: bindings.prefix.map(({ node }) => node),
  });
}

function refuse(what: string, remedy: string): never {
  throw new StillroarError(
    'configuration',
    `The workflow ${what}. ${remedy}, export it again, and add it again.`,
  );
}

function titleOf(graph: Graph, id: string): string {
  return (graph[id]?._meta?.title ?? '').trim().toLowerCase();
}

/** The input of a node that takes a value: one that stands there as a value, not as a link. */
function inputOf(graph: Graph, id: string, inputs: readonly string[]): string | undefined {
  return inputs.find((input) => {
    const value = graph[id]!.inputs[input];
    return value !== undefined && !Array.isArray(value);
  });
}

function findPlaces(graph: Graph, name: BindingName): Place[] {
  const { title, inputs, nodes } = rules[name];
  const placesOf = (ids: string[], among = inputs) =>
    ids.flatMap((node) => {
      const input = inputOf(graph, node, among);
      return input === undefined ? [] : [{ node, input }];
    });
  const ids = Object.keys(graph);
  const titled = placesOf(ids.filter((id) => title.test(titleOf(graph, id))));
  if (titled.length > 0 || !nodes) return titled;
  // A node whose title gives such an input another meaning is not to be guessed at.
  const own = inputs.filter((input) => input !== 'value');
  const taken = Object.values(rules)
    .filter((rule) => rule.inputs.some((input) => own.includes(input)))
    .map((rule) => rule.title);
  const fitting = placesOf(
    ids.filter(
      (id) => nodes.test(graph[id]!.class_type) && !taken.some((other) => other.test(titleOf(graph, id))),
    ),
    own,
  );
  if (shared.includes(name) || fitting.length < 2) return fitting;
  const wanted = name === 'prefix' ? 'result' : name;
  return refuse(
    `has ${fitting.length} nodes that may be meant by ${wanted} (${fitting.map(({ node }) => node).join(', ')})`,
    `Title the right one "${wanted}"`,
  );
}
