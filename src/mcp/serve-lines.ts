import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { version } from '../version.ts';
import type { Tool, ToolCall } from './tool.ts';

/** Versions of the Model Context Protocol that this speaks, the newest first: https://modelcontextprotocol.io/specification */
const PROTOCOLS = ['2025-06-18', '2025-03-26', '2024-11-05'];

/** Errors of JSON-RPC 2.0. */
const PARSE_ERROR = -32_700;
const INVALID_REQUEST = -32_600;
const UNKNOWN_METHOD = -32_601;
const INVALID_PARAMS = -32_602;

type Id = string | number;
interface Message {
  id?: Id | null;
  method?: string;
  params?: Record<string, unknown>;
}

/** Something that a client did wrong, told by a number of JSON-RPC. */
class ProtocolError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Answers a client on a pair of streams, a message of JSON-RPC 2.0 a line, until its side ends. */
export async function serveLines(tools: readonly Tool[], input: Readable, output: Writable): Promise<void> {
  const running = new Map<Id, AbortController>();
  const tell = (message: object) => output.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

  async function callTool(id: Id, params: Record<string, unknown>): Promise<object> {
    const tool = tools.find(({ name }) => name === params.name);
    if (!tool)
      throw new ProtocolError(INVALID_PARAMS, `There is no tool ${String(params.name).slice(0, 60)}.`);
    const token = (params._meta as { progressToken?: Id } | undefined)?.progressToken;
    const controller = new AbortController();
    running.set(id, controller);
    const call: ToolCall = {
      signal: controller.signal,
      report(progress, message) {
        if (token === undefined) return;
        const told = { progressToken: token, progress, total: 100, message };
        tell({ method: 'notifications/progress', params: told });
      },
    };
    try {
      return { content: await tool.run(params.arguments ?? {}, call) };
    } catch (error) {
      // A model reads what went wrong and mends it: that is a result.
      return { content: [{ type: 'text', text: (error as Error).message }], isError: true };
    } finally {
      running.delete(id);
    }
  }

  async function answer(id: Id, method: string, params: Record<string, unknown>): Promise<object> {
    if (method === 'initialize') {
      const asked = String(params.protocolVersion);
      return {
        protocolVersion: PROTOCOLS.includes(asked) ? asked : PROTOCOLS[0],
        capabilities: { tools: {} },
        serverInfo: { name: 'stillroar', title: 'Stillroar', version },
      };
    }
    if (method === 'ping') return {};
    if (method === 'tools/list') {
      return {
        tools: tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
      };
    }
    if (method === 'tools/call') return callTool(id, params);
    throw new ProtocolError(UNKNOWN_METHOD, `There is no method ${method.slice(0, 60)}.`);
  }

  async function take(line: string): Promise<void> {
    let message: Message;
    try {
      message = JSON.parse(line) as Message;
    } catch {
      tell({ id: null, error: { code: PARSE_ERROR, message: 'The line is no JSON.' } });
      return;
    }
    const { id, method, params = {} } = message ?? {};
    if (method === 'notifications/cancelled') running.get(params.requestId as Id)?.abort();
    // What has no id is not answered.
    if (id === undefined || id === null) return;
    try {
      if (typeof method !== 'string')
        throw new ProtocolError(INVALID_REQUEST, 'The message names no method.');
      const result = await answer(id, method, params);
      tell({ id, result });
    } catch (error) {
      const { code = INVALID_REQUEST, message: sentence } = error as ProtocolError;
      tell({ id, error: { code, message: sentence } });
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
