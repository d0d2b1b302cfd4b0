import { Command } from 'commander';
import { builtinModels } from '../engines/builtin/models.ts';
import { addServer, asOurs, clientOf, type ServerFlags } from './remote.ts';

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
  });
addServer(list, 'ask this server');

/** `stillroar models`: what can be chosen. */
export const modelsCommand = new Command('models').description('what can be chosen as a model');
modelsCommand.addCommand(list, { isDefault: true });
