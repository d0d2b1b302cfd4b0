import { existsSync } from 'node:fs';
import { Argument, Command } from 'commander';
import { loadConfig, type SettingName, settings } from '../config.ts';
import { depthModelFinder, depthModelPath, publishedDepthModel } from '../engines/builtin/depth-file.ts';
import { loadOnnxRuntime } from '../engines/builtin/depth-runtime.ts';
import { builtinModels } from '../engines/builtin/models.ts';
import { downloadPublished } from '../net/download-published.ts';
import { addServer, asOurs, clientOf, type ServerFlags } from './remote.ts';
import { work } from './work.ts';

/** A line for the depth model, which nobody chooses: it is used where it is. */
function describeDepthModel(isJson: true | undefined): string {
  const { name, title, licence, bytes } = publishedDepthModel;
  const path = depthModelFinder(loadConfig())();
  if (isJson) return JSON.stringify({ name: 'depth', title, licence, bytes, path: path ?? null });
  const megabytes = Math.round(bytes / 1e6);
  const where =
    path ?? `not there; stillroar models pull depth fetches ${name} (${megabytes} MB, ${licence})`;
  return `${'depth'.padEnd(20)} tells the built-in engine how far things are: ${where}`;
}

const list = new Command('list')
  .description('show what can be chosen as a model: of the built-in engine, or of a server')
  .option('--json', 'one JSON object a line')
  .action(async ({ json, ...server }: ServerFlags & { json?: true }) => {
    const models = server.url
      ? await asOurs(() => clientOf(server).models())
      : builtinModels.map((model) => ({ ...model, engine: 'builtin' }));
    for (const model of models) {
      const { name, kinds, resolutions, seconds } = model;
      const text = `${name.padEnd(20)} ${resolutions.join(' ')}, ${seconds.join(' or ')} s: ${kinds.join(', ')}`;
      console.log(json ? JSON.stringify(model) : text);
    }
    if (!server.url) console.log(describeDepthModel(json));
  });
addServer(list, 'ask this server');

async function pull(_name: string, flags: Partial<Record<SettingName, string>>): Promise<void> {
  const file = publishedDepthModel;
  const path = depthModelPath(loadConfig(flags));
  const make: Parameters<typeof work>[0][number]['make'] = async (report, signal) => {
    if (!existsSync(path)) {
      const tell = (bytes: number) => report(Math.floor((100 * bytes) / file.bytes), 'fetching');
      await downloadPublished(file, path, tell, signal);
    }
    const isUsable = (await loadOnnxRuntime()) !== undefined;
    const message =
      'It is used once an ONNX runtime is installed beside Stillroar: npm install onnxruntime-node';
    return { path, warnings: isUsable ? [] : [{ code: 'runtime-missing', message }] };
  };
  await work([{ name: file.name, make }], undefined, 1);
}

const pullCommand = new Command('pull')
  .description('fetch a model that the built-in engine works better with, into the data directory')
  .addArgument(
    new Argument('<name>', `depth: ${publishedDepthModel.title}, ${publishedDepthModel.licence}`).choices([
      'depth',
    ]),
  )
  .option('--data <directory>', settings.data.about)
  .action(pull);

/** `stillroar models`: what can be chosen, and what can be fetched. */
export const modelsCommand = new Command('models').description('what can be chosen as a model, and fetched');
modelsCommand.addCommand(list, { isDefault: true });
modelsCommand.addCommand(pullCommand);
