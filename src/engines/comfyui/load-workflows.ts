import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StillroarError } from '../../errors.ts';
import {
  type BindingName,
  type Graph,
  graphSchema,
  type Manifest,
  manifestSchema,
  type Workflow,
} from './manifest.ts';

/**
 * Reads a graph in ComfyUI's API format.
 * @param name what to call the file in a complaint
 * @throws StillroarError `configuration`; for the format that ComfyUI saves by default it says how to export the other
 */
export function readGraph(text: string, name: string): Graph {
  const value = readJson(text, name);
  if (typeof value === 'object' && value !== null && 'nodes' in value && 'links' in value) {
    throw new StillroarError(
      'configuration',
      `${name} is a workflow as ComfyUI’s editor saves it. Open it there and choose Workflow › Export (API) ` +
        '(in older versions: turn on the dev mode in the settings, then Save (API Format)), and take that file.',
    );
  }
  const read = graphSchema.safeParse(value);
  if (read.success && Object.keys(read.data).length > 0) return read.data;
  throw new StillroarError('configuration', `${name} is no ComfyUI workflow in API format.`);
}

/** @throws StillroarError `configuration` that names every field that is wrong */
export function readManifest(text: string, name: string): Manifest {
  const read = manifestSchema.safeParse(readJson(text, name));
  if (read.success) return read.data;
  throw new StillroarError('configuration', `${name} is not right:\n${z.prettifyError(read.error)}`);
}

/** @throws StillroarError `configuration` when the manifest names a node or an input that the graph does not have */
export function joinWorkflow(name: string, manifest: Manifest, graph: Graph): Workflow {
  const missing = [
    ...Object.entries(manifest.bindings).flatMap(([binding, places]) =>
      places
        .filter(({ node, input }) => graph[node]?.inputs[input] === undefined)
        .map(({ node, input }) => `${binding} goes to input ${input} of node ${node}`),
    ),
    ...manifest.outputs.filter((node) => !graph[node]).map((node) => `the result comes from node ${node}`),
    ...neededBindings(manifest, graph)
      .filter((binding) => manifest.bindings[binding].length === 0)
      .map((binding) => `${binding} is bound`),
  ];
  if (missing.length === 0) return { name, manifest, graph };
  throw new StillroarError(
    'configuration',
    `Workflow ${name}: its manifest says that ${missing.join(' and that ')}, but its graph has no such place.`,
  );
}

/** Without these a graph would make the same result for everybody. */
function neededBindings({ kind, piece }: Manifest, graph: Graph): BindingName[] {
  const source: BindingName =
    kind === 'image-to-video' ? 'image' : kind === 'text-to-video' ? 'prompt' : 'video';
  const isRandom = Object.values(graph).some(({ inputs }) => 'seed' in inputs || 'noise_seed' in inputs);
  // Later pieces begin with a picture, whatever the first one begins with.
  const later = piece === undefined ? [] : (['image'] as const);
  return [source, ...later, 'prefix', ...(isRandom ? (['seed'] as const) : [])];
}

/**
 * Reads all workflows of some directories, one folder each, by name; a later directory's wins over an earlier one's of
 * the same name. A directory that does not exist has none.
 * @throws StillroarError `configuration` for a workflow that is not right
 */
export async function loadWorkflows(directories: readonly string[]): Promise<Workflow[]> {
  const found = new Map<string, Workflow>();
  for (const directory of directories) {
    for (const name of await foldersOf(directory)) found.set(name, await loadWorkflow(directory, name));
  }
  return [...found.values()];
}

/** @throws StillroarError `configuration` */
async function loadWorkflow(directory: string, name: string): Promise<Workflow> {
  const read = async (file: string) => {
    const path = join(directory, name, file);
    return readFile(path, 'utf8').catch((cause) => {
      throw new StillroarError('configuration', `Workflow ${name}: ${path} cannot be read.`, { cause });
    });
  };
  const graph = readGraph(await read('workflow.json'), `${name}/workflow.json`);
  const manifest = readManifest(await read('manifest.json'), `${name}/manifest.json`);
  return joinWorkflow(name, manifest, graph);
}

async function foldersOf(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function readJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new StillroarError('configuration', `${name} is no JSON.`, { cause });
  }
}
