import { version } from '../version.ts';
import {
  type Answer,
  errorCodes,
  HANDSHAKE,
  type Id,
  metaKeys,
  metaOf,
  ProtocolError,
  type Request,
  STATELESS,
  versions,
} from './protocol.ts';
import type { Tool } from './tool.ts';

/** How a transport stands by a request while it is answered. */
export interface Exchange {
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal;
  /** Sends a notification that belongs to the request. */
  notify(notification: object): void;
}

/** Answers requests about tools; what went wrong is an answer too. */
export type Answerer = (request: Request, exchange: Exchange) => Promise<Answer>;

const serverInfo = { name: 'stillroar', title: 'Stillroar', version };
const capabilities = { tools: {} };
/** The tools are the same for everybody until the server is another version, in ms. */
const listTtl = { ttlMs: 3_600_000, cacheScope: 'public' };

/** Offers tools in every version of the protocol, with a handshake and without. */
export function createAnswerer(tools: readonly Tool[]): Answerer {
  async function callTool(request: Request, { signal, notify }: Exchange): Promise<object> {
    const { name, arguments: given = {} } = request.params;
    const tool = tools.find((candidate) => candidate.name === name);
    if (!tool) {
      throw new ProtocolError(errorCodes.invalidParams, `There is no tool ${String(name).slice(0, 60)}.`);
    }
    const token = metaOf(request).progressToken as Id | undefined;
    const report = (progress: number, message: string) => {
      if (token === undefined) return;
      const params = { progressToken: token, progress, total: 100, message };
      notify({ jsonrpc: '2.0', method: 'notifications/progress', params });
    };
    try {
      return { content: await tool.run(given, { signal, report }) };
    } catch (error) {
      // A model reads what went wrong and mends it: that is a result.
      return { content: [{ type: 'text', text: (error as Error).message }], isError: true };
    }
  }

  const listTools = () => ({
    tools: tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
  });

  async function resultOf(request: Request, exchange: Exchange): Promise<object> {
    const { method, params } = request;
    if (method === 'tools/list') return listTools();
    if (method === 'tools/call') return callTool(request, exchange);
    if (method === 'ping') return {};
    if (method === 'initialize') {
      const asked = String(params.protocolVersion);
      const isKnown = HANDSHAKE.some((known) => known === asked);
      return { protocolVersion: isKnown ? asked : HANDSHAKE[0], capabilities, serverInfo };
    }
    throw unknownMethod(method);
  }

  /** The same where there is no handshake: what it would have said stands in every request and answer. */
  async function statelessResultOf(request: Request, exchange: Exchange): Promise<object> {
    const { method } = request;
    const frame = { resultType: 'complete', _meta: { [metaKeys.server]: serverInfo } };
    if (method === 'server/discover') {
      return { ...frame, ...listTtl, supportedVersions: versions, capabilities };
    }
    if (method === 'tools/list') return { ...frame, ...listTtl, ...listTools() };
    if (method === 'tools/call') return { ...frame, ...(await callTool(request, exchange)) };
    throw unknownMethod(method);
  }

  return async (request, exchange) => {
    const { id } = request;
    try {
      const isStateless = checkVersion(request);
      const result = await (isStateless ? statelessResultOf : resultOf)(request, exchange);
      return { jsonrpc: '2.0', id, result };
    } catch (error) {
      if (error instanceof ProtocolError) return error.toAnswer(id);
      throw error;
    }
  };
}

const unknownMethod = (method: string) =>
  new ProtocolError(errorCodes.unknownMethod, `There is no method ${method.slice(0, 60)}.`);

/**
 * Whether the request speaks the version without a handshake.
 * @throws ProtocolError for a version that we do not speak, and for a request that lacks what its version demands
 */
function checkVersion(request: Request): boolean {
  const meta = metaOf(request);
  const asked = meta[metaKeys.version];
  if (asked === undefined && request.method !== 'server/discover') return false;
  if (!versions.includes(String(asked))) throw unsupportedVersion(String(asked));
  if (asked === STATELESS && typeof meta[metaKeys.capabilities] !== 'object') {
    throw new ProtocolError(
      errorCodes.invalidParams,
      `Version ${STATELESS} wants ${metaKeys.capabilities} in _meta.`,
    );
  }
  return asked === STATELESS;
}

/** A version that we do not speak, told with those that we do. */
export function unsupportedVersion(requested: string): ProtocolError {
  return new ProtocolError(
    errorCodes.unsupportedVersion,
    `Version ${requested.slice(0, 30)} of the protocol is not spoken here; ${versions.join(', ')} are.`,
    { supported: versions, requested: requested.slice(0, 30) },
  );
}
