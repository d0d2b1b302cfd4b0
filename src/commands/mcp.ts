import { Command } from 'commander';
import { localFiles } from '../mcp/files.ts';
import { serveLines } from '../mcp/serve-lines.ts';
import { createTools } from '../mcp/tools.ts';
import { addServer, clientOf, type ServerFlags } from './remote.ts';

/** `stillroar mcp`: a server's work as tools for language models, on stdin and stdout. */
export const mcpCommand = addServer(
  new Command('mcp').description(
    'offer a server to language models as tools of the Model Context Protocol, on stdin and stdout',
  ),
  'the server, if not http://127.0.0.1:8080',
).action((flags: ServerFlags) =>
  serveLines(createTools(clientOf(flags), localFiles), process.stdin, process.stdout),
);
