/** What the Model Context Protocol says on every transport: https://modelcontextprotocol.io/specification */

/** The version in which every request says for itself what it speaks. */
export const STATELESS = '2026-07-28';
/** Versions that begin with a handshake, the newest first. */
export const HANDSHAKE = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'] as const;
export const versions: readonly string[] = [STATELESS, ...HANDSHAKE];

/** Where a request says its version, what its sender can do, and where an answer says who gives it. */
export const metaKeys = {
  version: 'io.modelcontextprotocol/protocolVersion',
  capabilities: 'io.modelcontextprotocol/clientCapabilities',
  server: 'io.modelcontextprotocol/serverInfo',
} as const;

/** Errors of JSON-RPC 2.0, and those that the protocol adds. */
export const errorCodes = {
  parse: -32_700,
  invalidRequest: -32_600,
  unknownMethod: -32_601,
  invalidParams: -32_602,
  headerMismatch: -32_020,
  unsupportedVersion: -32_022,
} as const;

export type Id = string | number;

/** A message of JSON-RPC 2.0. */
export interface Message {
  id?: Id | null;
  method?: string;
  params?: Record<string, unknown>;
}

/** A message that wants an answer. */
export interface Request {
  id: Id;
  method: string;
  params: Record<string, unknown>;
}

/** The answer to a request, or, without an id, to what could not be read as one. */
export type Answer =
  | { jsonrpc: '2.0'; id: Id; result: object }
  | { jsonrpc: '2.0'; id: Id | null; error: { code: number; message: string; data?: object } };

/** Something that a client did wrong. */
export class ProtocolError extends Error {
  readonly code: number;
  readonly data: object | undefined;

  constructor(code: number, message: string, data?: object) {
    super(message);
    this.code = code;
    this.data = data;
  }

  /** As an answer. */
  toAnswer(id: Id | null): Answer {
    const { code, message, data } = this;
    return { jsonrpc: '2.0', id, error: { code, message, ...(data && { data }) } };
  }
}

/**
 * The message as a request; undefined for a notification, and for an answer, of which we await none.
 * @throws ProtocolError for what is none of them
 */
export function readRequest(message: unknown): Request | undefined {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) {
    throw new ProtocolError(errorCodes.invalidRequest, 'Send one message of JSON-RPC 2.0 at a time.');
  }
  const { id, method, params = {} } = message as Message;
  if (id === undefined || id === null || 'result' in message || 'error' in message) return undefined;
  if (typeof method !== 'string') {
    throw new ProtocolError(errorCodes.invalidRequest, 'The message names no method.');
  }
  if (typeof id !== 'string' && typeof id !== 'number') {
    throw new ProtocolError(errorCodes.invalidRequest, 'The id of a message is a text or a number.');
  }
  if (typeof params !== 'object' || params === null || Array.isArray(params)) {
    throw new ProtocolError(errorCodes.invalidParams, 'The params of a message are an object.');
  }
  return { id, method, params };
}

/** What a request says about itself. */
export function metaOf({ params }: Pick<Request, 'params'>): Record<string, unknown> {
  const { _meta: meta } = params;
  return typeof meta === 'object' && meta !== null ? (meta as Record<string, unknown>) : {};
}
