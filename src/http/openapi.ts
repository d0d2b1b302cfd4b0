import { type ZodType, z } from 'zod';
import type { Dialect, Route } from '../dialects/dialect.ts';
import type { RouteReference, SpecialRoute } from '../dialects/reference.ts';

/** A JSON value of the document. */
export type Json = { [name: string]: unknown };

/** An operation of the document, as far as others read it. */
export interface Operation extends Json {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  parameters: { name: string; in: string; required: boolean; schema: Json; description?: string }[];
  requestBody?: { required: boolean; content: Record<string, { schema: Json; example?: unknown }> };
  responses: Record<
    string,
    { description: string; content?: Record<string, { schema: Json; example?: unknown }> }
  >;
}

/** An OpenAPI 3.1 document. */
export interface OpenApi {
  openapi: '3.1.0';
  info: Json;
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, { post: Json }>;
  components: { schemas: Record<string, Json>; securitySchemes: Json };
}

/** The document of everything that the dialects answer, generated from the schemas that read their requests. */
export function describeApi(dialects: readonly Dialect[], version: string, baseUrl: string): OpenApi {
  const schemas: Record<string, Json> = {};

  /** A schema in JSON; what has an id goes to the components. */
  function toSchema(schema: ZodType, io: 'input' | 'output'): Json {
    const wrapped = z.toJSONSchema(z.object({ it: schema }), {
      io,
      unrepresentable: 'any',
      // A field may be left out if its own schema reads what is missing; its type alone does not say so.
      override({ zodSchema, jsonSchema }) {
        const { def } = zodSchema._zod;
        if (io === 'input' && def.type === 'object')
          jsonSchema.required = requiredFields(zodSchema as z.ZodObject);
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
        if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      },
    });
    const text = JSON.stringify(wrapped).replaceAll('"#/$defs/', '"#/components/schemas/');
    const { $defs = {}, properties } = JSON.parse(text) as {
      $defs?: Record<string, Json>;
      properties: { it: Json };
    };
    for (const [name, { id: _, ...definition }] of Object.entries($defs)) schemas[name] = definition;
    return properties.it;
  }

  function parametersOf(path: string, query: ZodType | undefined): Operation['parameters'] {
    const places = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
      name: name!,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }));
    const { properties = {}, required = [] } = (query ? toSchema(query, 'input') : {}) as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    const inQuery = Object.entries(properties).map(([name, schema]) => ({
      name,
      in: 'query',
      required: required.includes(name),
      schema,
    }));
    return [...places, ...inQuery];
  }

  function operation(
    dialect: Dialect,
    route: { method: string; path: string; status?: number; access: Route['access'] },
    reference: RouteReference,
    content: NonNullable<Operation['requestBody']>['content'] | undefined,
    replyType = 'application/json',
  ): Operation {
    const { summary, description, query, reply, examples } = reference;
    const { method, path, access, status = 200 } = route;
    const { error } = dialect.reference;
    const parameters = parametersOf(path, query);
    if (method === 'POST' && access === 'account' && !content?.['multipart/form-data']) {
      parameters.push({ ...idempotencyKey });
    }
    const example = examples?.reply;
    const hasContent = reply !== undefined || replyType !== 'application/json';
    return {
      operationId: `${method.toLowerCase()}${path.replace(/[^A-Za-z0-9]+(.)?/g, (_, next = '') => next.toUpperCase())}`,
      summary,
      ...(description && { description }),
      tags: [dialect.reference.title],
      ...(access === 'public' && { security: [] }),
      parameters,
      ...(content && { requestBody: { required: true, content } }),
      responses: {
        [status]: {
          description: status === 204 ? 'Done; nothing is sent.' : 'What was asked for.',
          ...(hasContent && {
            content: {
              [replyType]: {
                schema: reply ? toSchema(reply, 'output') : { type: 'string' },
                ...(example !== undefined && { example }),
              },
            },
          }),
        },
        default: {
          description: 'Refused.',
          content: {
            [dialect.name === 'native' ? 'application/problem+json' : 'application/json']: {
              schema: toSchema(error.schema, 'output'),
              example: error.example,
            },
          },
        },
      },
    };
  }

  function routeOperation(dialect: Dialect, route: Route): Operation {
    const reference = dialect.reference.routes[`${route.method} ${route.path}`];
    if (!reference) throw new Error(`The reference says nothing about ${route.method} ${route.path}.`);
    const body = route.method === 'POST' && route.body ? toSchema(route.body, 'input') : undefined;
    const example = reference.examples?.body;
    const content = body &&
      Object.keys(body).length > 0 && {
        'application/json': { schema: body, ...(example !== undefined && { example }) },
      };
    return operation(dialect, route, reference, content || undefined);
  }

  function specialOperation(dialect: Dialect, route: SpecialRoute): Operation {
    const content =
      route.bodies &&
      Object.fromEntries(
        Object.entries(route.bodies).map(([type, schema]) => [type, { schema: schema as Json }]),
      );
    return operation(dialect, { ...route, access: 'account' }, route, content, route.replyType);
  }

  const paths: OpenApi['paths'] = {};
  for (const dialect of dialects) {
    const add = (method: string, path: string, described: Operation) => {
      const place = path.replace(/:(\w+)/g, '{$1}');
      paths[place] = { ...paths[place], [method.toLowerCase()]: described };
    };
    for (const route of dialect.routes) add(route.method, route.path, routeOperation(dialect, route));
    for (const route of dialect.reference.specials ?? []) {
      add(route.method, route.path, specialOperation(dialect, route));
    }
  }
  const webhooks = Object.fromEntries(
    dialects.map(({ name, reference: { title, callback } }) => [
      name,
      {
        post: {
          summary: `A callback of ${title}`,
          description: callback.description,
          parameters: signatureHeaders,
          requestBody: {
            content: {
              'application/json': { schema: toSchema(callback.schema, 'output'), example: callback.example },
            },
          },
          responses: { '2XX': { description: 'Received. Anything else is tried again; 410 ends it.' } },
        },
      },
    ]),
  );
  return {
    openapi: '3.1.0',
    info: { title: 'Stillroar', version, description: 'Brings a still picture to life and gives it sound.' },
    servers: [{ url: baseUrl }],
    tags: dialects.map(({ reference: { title, description } }) => ({ name: title, description })),
    paths,
    webhooks,
    components: {
      schemas,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key; Kling’s clients sign a token with it.',
        },
        key: { type: 'apiKey', in: 'header', name: 'x-api-key', description: 'An API key.' },
      },
    },
    ...{ security: [{ bearer: [] }, { key: [] }] },
  };
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', maxLength: 255 },
  description: 'The same key and body within 24 hours do the work once and get the same answer.',
};

const signatureHeaders = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
  name,
  in: 'header',
  required: true,
  schema: { type: 'string' },
}));

function requiredFields({ shape }: z.ZodObject): string[] {
  return Object.entries(shape)
    .filter(([, field]) => !(field as ZodType).safeParse(undefined).success)
    .map(([name]) => name);
}
