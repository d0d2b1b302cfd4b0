import { Command, Option } from 'commander';
import type { TaskState } from '../client/index.ts';
import { wholeNumber } from './parse.ts';
import { printTable } from './print-table.ts';
import { addServer, asOurs, clientOf, type ServerFlags } from './remote.ts';

const ABOUT = 'the server, if not http://127.0.0.1:8080';
const states = ['queued', 'processing', 'completed', 'failed', 'cancelled', 'expired'] as const;

interface ListFlags extends ServerFlags {
  state?: TaskState;
  limit: number;
  json?: true;
}

const list = new Command('list')
  .description('show the newest tasks')
  .addOption(new Option('--state <name>', 'only those in this state').choices(states))
  .option('--limit <number>', 'how many', wholeNumber(1, 100), 20)
  .option('--json', 'one JSON object a line')
  .action(async ({ state, limit, json, ...server }: ListFlags) => {
    const client = clientOf(server);
    const { items } = await asOurs(() => client.list({ limit, ...(state && { state }) }));
    if (json) for (const task of items) console.log(JSON.stringify(task));
    else {
      printTable(
        items.map(({ id, kind, state, progress, credits, input, createdAt }) => ({
          id,
          kind,
          state,
          '%': progress,
          credits,
          prompt: input.prompt.slice(0, 40),
          made: createdAt.slice(0, 19),
        })),
      );
    }
  });
addServer(list, ABOUT);

const cancel = new Command('cancel')
  .description('end tasks that have not ended; their credits are given back')
  .argument('<id...>', 'which tasks')
  .action(async (ids: string[], server: ServerFlags) => {
    const client = clientOf(server);
    for (const id of ids) {
      const { state } = await asOurs(() => client.cancel(id));
      console.log(`${id} ${state}`);
    }
  });
addServer(cancel, ABOUT);

/** `stillroar jobs`: the tasks of a server. */
export const jobsCommand = new Command('jobs').description('the tasks of a server');
for (const sub of [list, cancel]) jobsCommand.addCommand(sub);
