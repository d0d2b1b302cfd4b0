import type { IncomingHttpHeaders } from 'node:http';
import { unsupportedVersion } from './answer.ts';
import {
  errorCodes,
  metaKeys,
  metaOf,
  ProtocolError,
  type Request,
  STATELESS,
  versions,
} from './protocol.ts';

/**
 * Holds a request's headers to its body, so that whoever reads only one of them is not led astray. Versions with a
 * handshake have the version alone, and the oldest not even that.
 * @throws ProtocolError when they differ, or the version is not one of ours
 */
export function checkHeaders(headers: IncomingHttpHeaders, request: Request): void {
  const version = headers['mcp-protocol-version'];
  if (version !== undefined && !versions.includes(String(version))) {
    throw unsupportedVersion(String(version));
  }
  const said = metaOf(request)[metaKeys.version];
  if (version !== STATELESS && said !== STATELESS) return;
  const { method, params } = request;
  match('MCP-Protocol-Version', version, said);
  match('Mcp-Method', headers['mcp-method'], method);
  if (method === 'tools/call') match('Mcp-Name', decode(headers['mcp-name']), params.name);
}

function match(name: string, header: string | string[] | undefined, body: unknown): void {
  if (header !== undefined && header === body) return;
  throw new ProtocolError(
    errorCodes.headerMismatch,
    `The header ${name} must say the same as the body: ${String(body).slice(0, 60)}.`,
  );
}

/** What a header says that cannot be said in ASCII comes as `=?base64?…?=`. */
function decode(header: string | string[] | undefined): string | undefined {
  const text = String(header ?? '');
  const [, encoded] = /^=\?base64\?(.*)\?=$/.exec(text) ?? [];
  if (encoded !== undefined) return Buffer.from(encoded, 'base64').toString();
  return header === undefined ? undefined : text;
}
