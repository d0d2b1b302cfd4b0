import fastify from 'fastify';
import { dialects } from '../../src/dialects/index.ts';
import { describeApi, type Json, type OpenApi } from '../../src/http/openapi.ts';

/** The document that every server of these tests serves. */
export const api: OpenApi = describeApi(dialects, '0.0.0', 'http://stillroar.example');

type Check = ((value: unknown) => boolean) & {
  errors?: { instancePath?: string; message?: string }[] | null;
};

/** Compiles a schema of the document with the validator that Fastify brings, which knows nothing of ours. */
export async function createCompiler(): Promise<(schema: Json) => Check> {
  const customOptions = {
    removeAdditional: false,
    useDefaults: false,
    coerceTypes: false as const,
    strict: false,
  };
  const server = fastify({ ajv: { customOptions } });
  let compile: ((schema: Json) => Check) | undefined;
  server.get('/', async (request) => {
    compile = (schema) => request.compileValidationSchema(schema) as unknown as Check;
    return {};
  });
  await server.inject('/');
  const { components } = api;
  return (schema) => compile!({ ...schema, components });
}

/** The operation that a request meets, and its path in the document. */
export function findOperation(method: string, path: string) {
  const places = path.split('/');
  const found = Object.entries(api.paths).find(([candidate, methods]) => {
    const expected = candidate.split('/');
    return (
      method.toLowerCase() in methods &&
      expected.length === places.length &&
      expected.every((place, index) => place.startsWith('{') || place === places[index])
    );
  });
  return found && { path: found[0], operation: found[1][method.toLowerCase()]! };
}
