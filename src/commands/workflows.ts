import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { guessManifest } from '../engines/comfyui/guess-manifest.ts';
import { joinWorkflow, loadWorkflows, readGraph } from '../engines/comfyui/load-workflows.ts';
import { operatorWorkflows, shippedWorkflows } from '../engines/comfyui/workflow-folders.ts';
import { StillroarError } from '../errors.ts';

interface AddFlags {
  name?: string;
  title?: string;
  licence: string;
  data?: string;
}

const dataOf = (data: string | undefined) => resolve(loadConfig(data ? { data } : {}).data);

async function add(file: string, { name, title, licence, data }: AddFlags): Promise<void> {
  const model = name ?? basename(file, '.json').toLowerCase();
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(model)) {
    throw new StillroarError(
      'configuration',
      `"${model}" cannot be a model’s name. Give one with --name my-model.`,
    );
  }
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new StillroarError('configuration', `${file} cannot be read.`, { cause });
  });
  const graph = readGraph(text, basename(file));
  const manifest = guessManifest(graph, { title: title ?? model, licence });
  joinWorkflow(model, manifest, graph);
  const directory = join(operatorWorkflows(dataOf(data)), model);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'workflow.json'), `${JSON.stringify(graph, null, 2)}\n`);
  await writeFile(join(directory, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  console.log(
    `${model}: ${manifest.kind}, ${manifest.seconds.join(' or ')} s, ${manifest.framesPerSecond} frames a second`,
  );
  for (const [binding, places] of Object.entries(manifest.bindings)) {
    if (places.length === 0) continue;
    const where = places.map(({ node, input }) => `${input} of node ${node} (${graph[node]!.class_type})`);
    console.log(`  ${binding.padEnd(16)} ${where.join(', ')}`);
  }
  console.log(`Look through ${join(directory, 'manifest.json')}, then start the server again.`);
}

async function list({ data }: { data?: string }): Promise<void> {
  for (const { name, manifest } of await loadWorkflows([shippedWorkflows, operatorWorkflows(dataOf(data))])) {
    const { kind, title, licence } = manifest;
    console.log(
      `${name.padEnd(22)} ${kind.padEnd(15)} ${title}\n${' '.repeat(39)}${licence.name}: ${licence.allows}`,
    );
  }
}

/** `stillroar workflows`: what ComfyUI servers are given to do. */
export const workflowsCommand = new Command('workflows')
  .description('the workflows that ComfyUI servers are given')
  .addCommand(
    new Command('list')
      .description('show all workflows with their licences')
      .option('--data <directory>', 'the server’s data directory')
      .action(list),
  )
  .addCommand(
    new Command('add')
      .description('add a workflow of your own, exported from ComfyUI in API format')
      .argument('<file>', 'the exported JSON')
      .option('--name <name>', 'the model’s name; the file’s name when it is not given')
      .option('--title <text>', 'what people read')
      .option('--licence <name>', 'the licence of its weights', 'not stated')
      .option('--data <directory>', 'the server’s data directory')
      .action(add),
  );
