import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

// The rules of the house that people forget: who may import what, and how long a module may be.

const root = fileURLToPath(new URL('../src', import.meta.url));

interface Module {
  /** Path below src. */
  path: string;
  /** Its folder below src; the file's own name for modules at the top. */
  folder: string;
  text: string;
  /** What it imports for more than its types: packages by name, our own modules by path below src. */
  imports: string[];
}

function readModule(path: string): Module {
  const text = readFileSync(join(root, path), 'utf8');
  const statements = [
    ...text.matchAll(/^(?:import|export)\s(?!type\b)[^;]*?from '([^']+)'|\bimport\('([^']+)'\)/gm),
  ];
  const imports = statements
    .map(([, named, dynamic]) => named ?? dynamic ?? '')
    .map((target) => (target.startsWith('.') ? normalize(join(dirname(path), target)) : target));
  return { path, folder: path.split('/')[0]!, text, imports };
}

const modules = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !/\.(test|as|d)\.ts$|\/testing\//.test(path))
  .map(readModule);

/** Offences against "only these may import that": the modules that match `what` outside `where`. */
function importers(what: RegExp, where: RegExp): string[] {
  return modules
    .filter(({ path, imports }) => !where.test(path) && imports.some((target) => what.test(target)))
    .map(({ path }) => path);
}

test('reads the imports of real modules', () => {
  expect(modules.length).toBeGreaterThan(50);
  expect(readModule('tasks/worker.ts').imports).toContain('tasks/run.ts');
  expect(readModule('tasks/worker.ts').imports).not.toContain('pino');
  expect(importers(/^fastify$/, /^nowhere/)).toEqual(['http/server.ts']);
});

describe('drivers stay in their folders', () => {
  test('only net/ opens outbound connections', () => {
    expect(importers(/^(undici|ws|node:https?|node:http2)$/, /^net\//)).toEqual([]);
    const callers = modules.filter(({ text }) =>
      /(?<![.\w])fetch\(/.test(text.replace(/^\s*(\*|\/\/).*$/gm, '')),
    );
    // The client is another program: it runs where the server is not.
    expect(callers.map(({ path }) => path).filter((path) => !/^(net|client)\//.test(path))).toEqual([]);
  });

  test('only database/ knows a database driver', () => {
    expect(importers(/^(pg|@electric-sql\/pglite(\/.*)?)$/, /^database\//)).toEqual([]);
    expect(importers(/^pg-boss$/, /^(database\/|tasks\/queue\.ts$)/)).toEqual([]);
  });

  test('the SQL of a table stands in one module', () => {
    const owners: Record<string, RegExp> = {
      task: /^tasks\/task-table\.ts$/,
      output: /^tasks\/task-table\.ts$/,
      input_file: /^tasks\/task-table\.ts$/,
      upload: /^tasks\/upload-table\.ts$/,
      session: /^credits\/sessions\.ts$/,
      ledger: /^credits\/ledger\.ts$/,
      account: /^credits\/(accounts|administer)\.ts$/,
      api_key: /^credits\/(accounts|administer|reseal)\.ts$/,
      delivery: /^webhooks\/outbox\.ts$/,
      idempotency: /^tasks\/idempotency\.ts$/,
    };
    for (const [table, owner] of Object.entries(owners)) {
      const verbs = '(selectFrom|insertInto|updateTable|deleteFrom|innerJoin)';
      const use = new RegExp(`${verbs}\\('${table}'|(from|into|update|table) ${table}\\b[^']*\``);
      const users = modules.filter(({ path, text }) => !path.startsWith('database/') && use.test(text));
      expect(users.length, table).toBeGreaterThan(0);
      expect(users.map(({ path }) => path).filter((path) => !owner.test(path))).toEqual([]);
    }
  });

  test('only media/ decodes and encodes', () => {
    expect(importers(/^(sharp|node-av(\/.*)?)$/, /^media\//)).toEqual([]);
  });
});

describe('the flow has one direction', () => {
  const mayImport: Record<string, readonly string[]> = {
    http: ['client', 'dialects', 'mcp', 'storage', 'tasks'],
    dialects: ['tasks', 'credits', 'nearest.ts'],
    tasks: ['credits', 'database', 'engines', 'net', 'storage', 'webhooks'],
    webhooks: ['database', 'net'],
    credits: ['database'],
    storage: [],
    net: [],
    database: ['compiled.ts'],
    client: [],
    metrics: ['net', 'tasks', 'webhooks'],
    'ai-sdk': ['client'],
    mcp: ['client', 'version.ts'],
  };
  // A build step: it fills the database that a first start unpacks, the queue's tables included.
  const exceptions = new Set(['database/prepare.ts → tasks/queue.ts']);

  test.each(Object.keys(mayImport))('%s/', (folder) => {
    const shared = folder === 'client' ? [] : ['errors.ts', 'random.ts', 'tracing.ts'];
    const allowed = [folder, ...shared, ...mayImport[folder]!];
    const offences = modules
      .filter((module) => module.folder === folder)
      .flatMap(({ path, imports }) =>
        imports
          .filter((target) => target.endsWith('.ts') && !allowed.includes(target.split('/')[0]!))
          .map((target) => `${path} → ${target}`),
      );
    expect(offences.filter((offence) => !exceptions.has(offence))).toEqual([]);
  });

  test.each(['picture', 'sound'])('%s/ is pure', (folder) => {
    const impure =
      /^(node:(fs|http|https|net|child_process|worker_threads)|sharp|node-av|fastify|kysely|undici)/;
    const foreign = /^(net|database|http|tasks|media|storage|credits|dialects|engines)\//;
    const offences = modules
      .filter((module) => module.folder === folder)
      .filter(({ imports }) => imports.some((target) => impure.test(target) || foreign.test(target)));
    expect(offences.map(({ path }) => path)).toEqual([]);
  });
});

test('the studio takes from src/ the client, and types', () => {
  const studio = fileURLToPath(new URL('../studio/src', import.meta.url));
  const statements = readdirSync(studio, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .flatMap((path) => [...readFileSync(join(studio, path), 'utf8').matchAll(/^import [^;]*\/src\/[^;]*;/gm)])
    .map(([statement]) => statement);
  expect(statements.length).toBeGreaterThan(3);
  expect(statements.filter((text) => !/^import type |\/src\/client\//.test(text))).toEqual([]);
});

test('modules stay small', () => {
  const lengths = modules.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
  lengths.sort((a, b) => a.lines - b.lines);
  const at = (part: number): number => lengths[Math.floor(part * (lengths.length - 1))]!.lines;
  console.log(`${lengths.length} modules: median ${at(0.5)} lines, 90 % under ${at(0.9)}, longest ${at(1)}`);
  expect(at(0.5)).toBeLessThanOrEqual(90);
  expect(at(0.9)).toBeLessThanOrEqual(310);
  expect(lengths.filter(({ lines }) => lines > 600)).toEqual([]);
});
