import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from '../../src/app.ts';
import type { Config } from '../../src/config.ts';
import { createAdministration } from '../../src/credits/administer.ts';
import { createSealing } from '../../src/credits/sealing.ts';
import type { Engine } from '../../src/engines/engine.ts';
import type { Operation } from '../../src/http/openapi.ts';
import { createCopyingEngine } from '../support/copying-engine.ts';
import { createDataDirectory, openDataDirectory } from '../support/database.ts';
import { createNativeCaller, type NativeTask } from '../support/native.ts';
import { api } from '../support/openapi.ts';
import { startApp } from '../support/server.ts';

/** Whether `npm run test:hostile` runs: everything in full and not a sample of it. */
export const isLong = process.env.npm_lifecycle_event === 'test:hostile';

const secretKey = 'a secret key of thirty-two signs';

/** Two rich accounts on one server. */
export interface World {
  app: App;
  url: string;
  owner: ReturnType<typeof createNativeCaller>;
  stranger: ReturnType<typeof createNativeCaller>;
  /** Waits until no task of the owner's is under way. */
  settle(): Promise<void>;
  /** The owner's balance. */
  credits(): Promise<number>;
  /** What the owner's tasks cost: those that have not failed. */
  spent(): Promise<number>;
  close(): Promise<void>;
}

/** A server whose callers have credits for thousands of tasks, at once if they like. */
export async function startWorld(
  settings: Partial<Config> = {},
  engine: Engine = createCopyingEngine({ lastFrame: true }),
): Promise<World> {
  const data = await createDataDirectory();
  const opened = await openDataDirectory(data.path);
  const administration = createAdministration(opened.database, createSealing(secretKey));
  const first = await administration.createAccount('studio', 100_000_000);
  const second = await administration.createAccount('studio', 100_000_000);
  await opened.close();
  const { app, url } = await startApp(data.path, engine, {
    secretKey,
    queueLimit: 1_000_000,
    tasksAtOnce: { free: 1, pro: 100_000, studio: 100_000 },
    ...settings,
  });
  const owner = createNativeCaller(url, { authorization: `Bearer ${first.pair.clientSecret}` });
  const stranger = createNativeCaller(url, { authorization: `Bearer ${second.pair.clientSecret}` });
  const list = async (query: string) =>
    (await owner.get<{ items: NativeTask[]; next: string | null }>(`/api/v1/tasks?limit=100${query}`)).body;
  return {
    app,
    url,
    owner,
    stranger,
    async settle() {
      while ((await list('&state=queued,processing')).items.length > 0) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async credits() {
      return (await owner.get<{ credits: number }>('/api/v1/account')).body.credits;
    },
    async spent() {
      let sum = 0;
      let next: string | null = '';
      while (next !== null) {
        const page = await list(`&state=queued,processing,completed${next && `&after=${next}`}`);
        for (const { credits } of page.items) sum += credits;
        next = page.next;
      }
      return sum;
    },
    async close() {
      await app.close();
      await data.remove();
    },
  };
}

/** A route that takes a JSON body, as the published document has it. */
export interface PostRoute {
  path: string;
  fields: Record<string, Record<string, unknown>>;
  /** A body that the route takes; its URLs are the server's own. */
  example: Record<string, unknown>;
}

/**
 * Every route with a JSON body, from the schemas that read the bodies.
 * @param film the URL of a video
 * @throws for a route without an example
 */
export function postRoutes(url: string, film: string): PostRoute[] {
  return Object.entries(api.paths).flatMap(([path, methods]) => {
    const content = (methods as Record<string, Operation>).post?.requestBody?.content['application/json'];
    if (!content) return [];
    if (!content.example) throw new Error(`The reference has no example of a body for ${path}.`);
    const example = JSON.stringify(content.example)
      .replaceAll('http://localhost:8080', url)
      .replaceAll('https://example.org/waves.mp4', film);
    const { properties } = content.schema as { properties: PostRoute['fields'] };
    return { path, fields: properties, example: JSON.parse(example) };
  });
}

/** A server that plays the internet on 127.0.0.2 and one that plays a private machine on 127.0.0.1, on one port. */
export async function startNeighbours(listener: RequestListener): Promise<{
  port: number;
  /** What the private one was asked for. */
  secretHits: string[];
  close(): void;
}> {
  const secretHits: string[] = [];
  const secret = createServer((request, response) => {
    secretHits.push(`${request.method} ${request.url}`);
    response.end('SECRET');
  });
  const open = createServer(listener);
  const listen = (server: Server, port: number, host: string) =>
    new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  await listen(secret, 0, '127.0.0.1');
  const { port } = secret.address() as AddressInfo;
  await listen(open, port, '127.0.0.2');
  return {
    port,
    secretHits,
    close() {
      for (const server of [secret, open]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}
