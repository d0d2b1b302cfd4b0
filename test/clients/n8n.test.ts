import { readFile } from 'node:fs/promises';
import { json } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { createCopyingEngine } from '../support/copying-engine.ts';
import { createDataDirectory } from '../support/database.ts';
import { startApp, startFileServer } from '../support/server.ts';

interface Node {
  name: string;
  parameters: { url?: string; jsonBody?: string; httpMethod?: string };
}

/** What n8n makes of a field that begins with `=`: the text with each `{{ … }}` worked out. */
function evaluate(field: string, scope: Record<string, unknown>): string {
  if (!field.startsWith('=')) return field;
  const names = Object.keys(scope);
  return field
    .slice(1)
    .replace(/\{\{(.*?)\}\}/gs, (_, expression: string) =>
      String(new Function(...names, `return (${expression});`)(...Object.values(scope))),
    );
}

// n8n itself is not run: its nodes' requests are made as their fields say.
test('the workflow of docs/use-with-n8n.md asks, is called back once, and fetches the file', async () => {
  const page = await readFile(new URL('../../docs/use-with-n8n.md', import.meta.url), 'utf8');
  const workflow = JSON.parse(/```json\n(.*?)```/s.exec(page)![1]!) as {
    nodes: Node[];
    connections: Record<string, { main: { node: string }[][] }>;
  };
  const names = ['Start'];
  for (let next = workflow.connections.Start; next; next = workflow.connections[names.at(-1)!]) {
    names.push(next.main[0]![0]!.node);
  }
  const [, make, wait, fetchIt] = names.map((name) => workflow.nodes.find((node) => node.name === name)!);

  const data = await createDataDirectory();
  const { app, url } = await startApp(data.path, createCopyingEngine({ milliseconds: 300 }));
  const heard: { method: string; body: { data: { outputs: { bytes: number }[] } } }[] = [];
  const n8n = await startFileServer(async (request, response) => {
    heard.push({ method: request.method!, body: (await json(request)) as (typeof heard)[number]['body'] });
    response.end();
  });
  const here = (field: string) => field.replaceAll('http://127.0.0.1:8080', url);
  const $execution = { resumeUrl: `${n8n.url}/webhook-waiting/1` };
  const asked = await fetch(here(make!.parameters.url!), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${app.firstKey.clientSecret}`,
      'content-type': 'application/json',
    },
    body: here(evaluate(make!.parameters.jsonBody!, { $execution })),
  });
  expect(asked.status).toBe(201);
  await expect.poll(() => heard.length).toBe(1);
  const [{ method, body }] = heard as [(typeof heard)[number]];
  expect(method).toBe(wait!.parameters.httpMethod);
  const file = await fetch(evaluate(fetchIt!.parameters.url!, { $json: { body } }));
  expect((await file.arrayBuffer()).byteLength).toBe(body.data.outputs[0]!.bytes);
  await app.close();
  await n8n.close();
  await data.remove();
});
