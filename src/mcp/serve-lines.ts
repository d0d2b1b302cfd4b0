import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { createAnswerer } from './answer.ts';
import { errorCodes, type Id, type Message, ProtocolError, readRequest } from './protocol.ts';
import type { Tool } from './tool.ts';

/** Answers a client on a pair of streams, a message of JSON-RPC 2.0 a line, until its side ends. */
export async function serveLines(tools: readonly Tool[], input: Readable, output: Writable): Promise<void> {
  const answer = createAnswerer(tools);
  const running = new Map<Id, AbortController>();
  const notify = (message: object) => void output.write(`${JSON.stringify(message)}\n`);

  async function take(line: string): Promise<void> {
    let message: Message;
    try {
      message = JSON.parse(line) as Message;
    } catch {
      notify(new ProtocolError(errorCodes.parse, 'The line is no JSON.').toAnswer(null));
      return;
    }
    try {
      const request = readRequest(message);
      if (!request) {
        const { method, params } = message;
        if (method === 'notifications/cancelled') running.get(params?.requestId as Id)?.abort();
        return;
      }
      const controller = new AbortController();
      running.set(request.id, controller);
      notify(await answer(request, { signal: controller.signal, notify }));
      running.delete(request.id);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      notify(error.toAnswer(message?.id ?? null));
    }
  }

  const pending = new Set<Promise<void>>();
  for await (const line of createInterface({ input })) {
    if (line.trim() === '') continue;
    const taken: Promise<void> = take(line).finally(() => pending.delete(taken));
    pending.add(taken);
  }
  for (const controller of running.values()) controller.abort();
  await Promise.all(pending);
}
