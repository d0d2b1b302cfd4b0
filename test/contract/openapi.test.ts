import { expect, test } from 'vitest';
import { dialects } from '../../src/dialects/index.ts';
import { docsPage } from '../../src/http/docs.ts';
import { api, createCompiler } from '../support/openapi.ts';

test('every route is described, and nothing else', () => {
  for (const { name, routes, reference } of dialects) {
    const named = routes.map(({ method, path }) => `${method} ${path}`).sort();
    expect(Object.keys(reference.routes).sort(), name).toEqual(named);
  }
  const operations = Object.values(api.paths).flatMap((methods) => Object.values(methods));
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  console.log(`${operations.length} operations, ${Object.keys(api.components.schemas).length} named objects`);
});

test('every example is what its schema says, requests and callbacks too', async () => {
  const compile = await createCompiler();
  let count = 0;
  const offences: string[] = [];
  const hold = (name: string, content: Record<string, { schema: object; example?: unknown }> = {}) => {
    for (const { schema, example } of Object.values(content)) {
      if (example === undefined) continue;
      count++;
      const check = compile(schema as Record<string, unknown>);
      if (!check(example)) offences.push(`${name}: ${JSON.stringify(check.errors?.[0])}`);
    }
  };
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const [method, { requestBody, responses }] of Object.entries(methods)) {
      hold(`${method} ${path}, body`, requestBody?.content);
      for (const [status, { content }] of Object.entries(responses))
        hold(`${method} ${path} ${status}`, content);
    }
  }
  for (const [name, { post }] of Object.entries(api.webhooks)) {
    hold(
      `callback of ${name}`,
      (post.requestBody as { content: Record<string, { schema: object }> }).content,
    );
  }
  expect(offences).toEqual([]);
  expect(count).toBeGreaterThan(50);
});

test('what a request may leave out is not required', () => {
  const schemaOf = (path: string) =>
    api.paths[path]!.post!.requestBody!.content['application/json']!.schema as { required?: string[] };
  expect(schemaOf('/api/v1/tasks').required ?? []).toEqual([]);
  expect(schemaOf('/api/open/v4/image2Video/createBySourcePrompt').required).toEqual([
    'image_url',
    'resolution',
    'audio_type',
    'video_length',
  ]);
  expect(schemaOf('/v1/videos/text2video').required).toEqual(['prompt']);
});

test('the page for people needs nothing from anywhere, and explains every error', () => {
  const page = docsPage(api);
  expect(page).not.toMatch(/<script|src=|https?:\/\/(?!localhost|example\.org)/);
  expect(page).toContain('id="error-insufficient-credits"');
  console.log(`${Math.round(page.length / 1000)} kB of HTML`);
});
