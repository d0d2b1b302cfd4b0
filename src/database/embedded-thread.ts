/** The embedded PostgreSQL on a thread of its own: whatever holds it up, a commit or its housekeeping, holds up no request. */
import { parentPort } from 'node:worker_threads';
import type { PGlite, Results } from '@electric-sql/pglite';
import { openDurable } from './durable-pglite.ts';
import type { Answer, Call, Fault, Order } from './embedded-messages.ts';

const port = parentPort!;
let pglite: PGlite | undefined;

async function run(call: Call): Promise<Results<unknown>[]> {
  switch (call.kind) {
    case 'open':
      pglite = await openDurable(call.directory);
      return [];
    case 'query':
      return [await pglite!.query(call.text, call.values)];
    case 'exec':
      return await pglite!.exec(call.text);
    case 'listen':
      await pglite!.listen(call.channel, (payload) => port.postMessage({ channel: call.channel, payload }));
      return [];
    case 'close':
      await pglite?.close();
      return [];
  }
}

/** What PostgreSQL says of a mistake, without the statement's values: errors are logged, and prompts are not. */
function toFault(error: unknown): Fault {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, stack, code, severity, detail, hint, constraint, table, column } = error as Fault & Error;
  return { message, stack, code, severity, detail, hint, constraint, table, column };
}

port.on('message', ({ id, ...call }: Order) => {
  run(call).then(
    (results) => port.postMessage({ id, results } satisfies Answer),
    (error) => port.postMessage({ id, fault: toFault(error) } satisfies Answer),
  );
});
