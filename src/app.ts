import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';
import { createAccounts } from './credits/accounts.ts';
import { createAdministration } from './credits/administer.ts';
import type { KeyPair } from './credits/key-pair.ts';
import { selectLedger, sumLedger } from './credits/ledger.ts';
import { createSealing } from './credits/sealing.ts';
import { readSecretKey } from './credits/secret-key.ts';
import { createSessions, createTicket } from './credits/sessions.ts';
import { type OpenDatabase, openDatabase } from './database/open.ts';
import type { TaskNews } from './dialects/dialect.ts';
import { dialects } from './dialects/index.ts';
import type { Engine } from './engines/engine.ts';
import { StillroarError } from './errors.ts';
import { type Certificate, keepOwnCertificate, readCertificate } from './http/certificate.ts';
import { createCurlLine } from './http/curl-line.ts';
import { createServer } from './http/server.ts';
import { createMeasurer } from './media/measure-file.ts';
import { createMetrics } from './metrics/metrics.ts';
import { traceDeliveries, traceRuns } from './metrics/trace-work.ts';
import { watchRuns } from './metrics/watch-runs.ts';
import { isPublicAddress } from './net/addresses.ts';
import { createFetcher } from './net/fetch-file.ts';
import { createOwnHost } from './net/own-host.ts';
import { createReach, isLoopback, loopbackHosts } from './net/reach.ts';
import { createSender } from './net/send-json.ts';
import { createDiskStorage } from './storage/disk.ts';
import { createLinks } from './storage/links.ts';
import { createPatientStorage, workPauses } from './storage/patient.ts';
import { checkS3, createS3Storage } from './storage/s3.ts';
import type { Storage } from './storage/storage.ts';
import { backUpInto } from './tasks/backup.ts';
import { type Chore, createChores } from './tasks/chores.ts';
import { sweepExpired, sweepOrphans } from './tasks/expiry.ts';
import { createIdempotency } from './tasks/idempotency.ts';
import { loadPolicy } from './tasks/policy.ts';
import { openQueue, type Queue } from './tasks/queue.ts';
import { createTaskService } from './tasks/service.ts';
import type { TaskState } from './tasks/task.ts';
import { createTaskFeed } from './tasks/task-feed.ts';
import { countQueuedTasks, selectOutput, selectTaskIds, sumOutputs } from './tasks/task-table.ts';
import { createTransitions } from './tasks/transitions.ts';
import { selectUploadByKey, sumUploads } from './tasks/upload-table.ts';
import { createUploads } from './tasks/uploads.ts';
import type { VideoLimits } from './tasks/video-limits.ts';
import { createWorkDirectory } from './tasks/work-directory.ts';
import { createWorker } from './tasks/worker.ts';
import { version } from './version.ts';
import { createDeliverer } from './webhooks/deliver.ts';
import { createOutbox, type Delivery } from './webhooks/outbox.ts';

/** A server with its worker, wired and ready to listen. */
export interface App {
  /**
   * Begins to answer and to work; resolves to the base of all URLs, such as `http://127.0.0.1:8080`. Closes the app when
   * it cannot.
   * @throws StillroarError `configuration` when the address is taken
   */
  listen(): Promise<string>;
  /** Begins to work, and answers nobody: for a process beside others that answer. */
  work(): Promise<void>;
  /** The first account's key. */
  firstKey: KeyPair;
  /** Where it is reached from this machine, such as `http://127.0.0.1:8080`; after {@link listen}. */
  address(): string;
  /** A link that signs a browser in to the first account, once within an hour; after {@link listen}. */
  signInUrl(): string;
  /** A line for the shell that animates a sample; after {@link listen}. */
  curlLine(): string;
  /**
   * Ends gracefully: not ready, no new work, answers in flight finish, running tasks go back to the queue, the engines
   * end, the database closes.
   */
  close(): Promise<void>;
}

/** What one key or address may ask for on a server that others reach, unless the operator says otherwise. */
const REQUESTS_PER_MINUTE = 6_000;
/** How long answers in flight may take to finish when the server closes, in ms. */
const CLOSING_PATIENCE = 10_000;

/** The pictures to try with, beside `src` and `dist` alike. */
const samplesDirectory = fileURLToPath(new URL('../samples', import.meta.url));
/** The studio as it is built, whether this runs from `src` or `dist`. */
const studioDirectory = fileURLToPath(new URL('../dist/studio', import.meta.url));

/**
 * Builds and wires everything; nothing is built or wired anywhere else.
 * @throws StillroarError `configuration` when the data directory is in use or written by a newer version
 */
export async function createApp(
  config: Config,
  parts: {
    engines: readonly Engine[];
    /** The database, where it is being opened already; opened here by default. The app closes it. */
    database?: Promise<OpenDatabase>;
  },
): Promise<App> {
  const dataDirectory = resolve(config.data);
  const log = pino({ level: config.log });
  const opened = await (parts.database ?? openDatabase({ dataDirectory, databaseUrl: config.databaseUrl }));
  let queue: Queue | undefined;
  try {
    queue = await openQueue(opened.queueOptions, (error) => log.error({ err: error }, 'The queue failed.'));
    return await wire(config, parts.engines, dataDirectory, { opened, queue, log });
  } catch (error) {
    // The queue's timers would keep a process alive that cannot start.
    await queue?.close();
    await opened.close();
    throw error;
  }
}

async function wire(
  config: Config,
  engines: readonly Engine[],
  dataDirectory: string,
  { opened, queue, log }: { opened: OpenDatabase; queue: Queue; log: Logger },
): Promise<App> {
  const { database } = opened;
  const workDirectory = await createWorkDirectory(join(dataDirectory, 'work'), opened.exclusive);
  const certificate = await chooseCertificate(config, dataDirectory);
  const secretKey = config.secretKey ?? (await readSecretKey(dataDirectory));
  const sealing = createSealing(secretKey);
  const accounts = createAccounts(database, sealing);
  const sessions = createSessions(database, secretKey, accounts.firstUid);
  const firstKey = await accounts.ensureFirst({
    ...(config.clientId && { clientId: config.clientId }),
    ...(config.apiKey && { clientSecret: config.apiKey }),
  });

  let listenUrls: string[] = [];
  const baseUrl = (): string => config.publicUrl ?? listenUrls[0] ?? '';
  const links = createLinks(baseUrl, () => listenUrls);
  const files = await openStorage(config, dataDirectory);
  const storage = createPatientStorage(files, workPauses);
  const reach = createReach(config.allowHosts ?? (isLoopback(config.host) ? loopbackHosts : []));

  const metrics = createMetrics({
    queueDepth: () => countQueuedTasks(database),
    credits: () => sumLedger(database),
    storageBytes: async () => (await sumOutputs(database)) + (await sumUploads(database, undefined)),
    pingDatabase: opened.ping,
    renderChildren: () => engines.reduce((sum, { children = 0 }) => sum + children, 0),
  });
  const fetcher = metrics.countRefusals(createFetcher(reach));

  const transitions = watchRuns(createTransitions(database, queue, config.retention), [
    metrics.runs,
    traceRuns(),
  ]);
  const routing = { defaults: config.models, fallbacks: config.fallback };
  const tasks = createTaskService({
    database,
    queue,
    transitions,
    engines,
    routing,
    reach,
    links,
    storage,
    ...(config.policy && { review: await loadPolicy(config.policy) }),
    queueLimit: config.queueLimit,
    tasksAtOnce: config.tasksAtOnce,
    // As long as the task waits and its result can be made again.
    uploadsKept: config.queueTtl + config.retention,
  });
  const feed = createTaskFeed(queue, tasks, (error) =>
    log.error({ err: error }, 'Changes of tasks cannot be told.'),
  );
  const idempotency = createIdempotency(database);
  const outbox = metrics.countDeliveries(traceDeliveries(createOutbox(database)));
  const deliverer = createDeliverer({
    outbox,
    sender: createSender(reach),
    async writeBody(delivery, pair, now) {
      const dialect = dialects.find(({ name }) => name === delivery.dialect);
      if (!dialect) throw new Error(`There is no dialect ${delivery.dialect}.`);
      return dialect.callback(await newsOf(delivery), pair, now);
    },
    findPair: accounts.findPair,
    random: Math.random,
    log,
  });
  async function newsOf(delivery: Delivery): Promise<TaskNews> {
    const [task] = await tasks.find(delivery, [delivery.task_id]);
    return {
      taskId: delivery.task_id,
      state: delivery.task_state as TaskState,
      videoUrl: delivery.video_key === null ? '' : links.fileUrl(delivery.video_key),
      at: delivery.created_at,
      task,
    };
  }
  const videoLimits: VideoLimits = { bytes: config.videoMegabytes * 1_000_000, seconds: config.videoSeconds };
  const measurer = createMeasurer();
  const uploads = createUploads({
    database,
    storage,
    links,
    workDirectory: workDirectory.path,
    videoLimits,
    quota: config.uploadMegabytes * 1_000_000,
    measure: measurer.measure,
  });
  const worker = createWorker({
    queue,
    transitions,
    engines,
    sources: { fetcher, storage, links, samplesDirectory, videoLimits },
    routing,
    workDirectory: workDirectory.path,
    slots: config.slots,
    atOnce: limitEngines(engines, config.engineTasks),
    log,
  });

  let isStopping = false;
  const server = await createServer({
    dialects,
    services: {
      tasks,
      accounts,
      administration: createAdministration(database, sealing),
      ledger: (uid, page) => selectLedger(database, uid, page),
      uploads,
      outbox,
      tasksAtOnce: config.tasksAtOnce,
      videoLimits,
    },
    sessions,
    feed,
    idempotency,
    testMode: config.testMode,
    storage: createPatientStorage(config.results === 'signed' ? files : withoutLinks(files), []),
    certificate,
    async findFile(key) {
      const output = await selectOutput(database, key);
      if (output) return { contentType: output.content_type, fileName: output.file_name };
      const upload = await selectUploadByKey(database, key);
      return upload && { contentType: upload.content_type, fileName: key };
    },
    samplesDirectory,
    studioDirectory,
    version,
    baseUrl,
    isOwnHost: createOwnHost(config.host, config.publicUrl),
    requestLimit: {
      perMinute: config.requestsPerMinute ?? (isLoopback(config.host) ? 0 : REQUESTS_PER_MINUTE),
      isPublicAddress,
    },
    async whyNotReady() {
      if (isStopping) return 'The server is stopping.';
      await opened.ping();
      return undefined;
    },
    metrics,
    metricsAccess: { token: config.metricsToken, isLoopback: isLoopback(config.host) },
    log,
  });

  const backupChore: Chore = {
    name: 'backup',
    everySeconds: 86_400,
    atStart: false,
    work(now) {
      const directory = join(dataDirectory, 'backups');
      return backUpInto(directory, database, config.secretKey ? undefined : secretKey, config.backups, now);
    },
  };
  const chores = createChores({
    database,
    isAlone: opened.exclusive,
    log,
    chores: [
      {
        name: 'sweep',
        everySeconds: 60,
        atStart: true,
        async work(now) {
          const queueTtlSeconds = config.queueTtl;
          await sweepExpired({ database, storage, transitions, outbox, idempotency, queueTtlSeconds }, now);
          await uploads.sweep(now);
          await sessions.sweep(now);
        },
      },
      {
        name: 'orphans',
        everySeconds: 3_600,
        atStart: true,
        work: (now) => sweepOrphans(database, storage, now),
      },
      ...(opened.tidy ? [{ name: 'tidy', everySeconds: 600, atStart: false, work: opened.tidy }] : []),
      // A PostgreSQL has an operator and tools of its own.
      ...(opened.exclusive && config.backups > 0 ? [backupChore] : []),
    ],
  });

  async function shutDown(): Promise<void> {
    isStopping = true;
    // Whoever does not read an answer to its end must not keep the server from ending.
    const patience = setTimeout(() => server.server.closeAllConnections(), CLOSING_PATIENCE);
    await Promise.all([server.close(), worker.stop(), chores.stop(), deliverer.stop()]);
    clearTimeout(patience);
    measurer.close();
    await Promise.all(engines.map((engine) => engine.close()));
    await workDirectory.remove();
    await queue.close();
    await opened.close();
  }
  let closing: Promise<void> | undefined;

  async function work(): Promise<void> {
    if (config.slots > 0) {
      for (const engine of engines) engine.warm?.();
      await worker.start();
    }
    deliverer.start();
    await chores.start();
  }

  async function listen(): Promise<string> {
    if (opened.exclusive) {
      // Nobody else can be at work here: what is marked as processing was left by a process that died.
      for (const id of await selectTaskIds(database, 'processing')) await transitions.recover(id);
    }
    await server.listen({ host: config.host, port: config.port });
    const [address] = server.addresses();
    const port = typeof address === 'object' ? address.port : config.port;
    listenUrls = listenUrlsOf(isTls(config) ? 'https' : 'http', config.host, port);
    await tasks.start();
    await feed.start();
    await work();
    return baseUrl();
  }

  function close(): Promise<void> {
    closing ??= shutDown();
    return closing;
  }

  return {
    firstKey,
    address: () => listenUrls[0] ?? '',
    signInUrl: () => `${baseUrl()}/sign-in?ticket=${createTicket(secretKey, new Date())}`,
    curlLine: () => createCurlLine(baseUrl(), firstKey.clientSecret, config.tlsSelfSigned),
    async listen() {
      try {
        return await listen();
      } catch (error) {
        await close();
        throw explainListenError(error, config);
      }
    },
    work,
    close,
  };
}

/**
 * How many tasks of an engine may be at work at once: what the operator says, else what other machines can do.
 * @throws StillroarError `configuration` when the operator names an engine that there is not
 */
function limitEngines(
  engines: readonly Engine[],
  wanted: Readonly<Record<string, number>>,
): Record<string, number> {
  const names = engines.map(({ name }) => name);
  const unknown = Object.keys(wanted).filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new StillroarError(
      'configuration',
      `STILLROAR_ENGINE_TASKS names ${unknown.join(', ')}; the engines of this server are ${names.join(', ')}.`,
    );
  }
  const elsewhere = engines.flatMap(({ name, slots = 0 }) => (slots > 0 ? [[name, slots] as const] : []));
  return { ...Object.fromEntries(elsewhere), ...wanted };
}

function isTls({ tlsCert, tlsSelfSigned }: Config): boolean {
  return tlsCert !== undefined || tlsSelfSigned;
}

/** The bucket that the configuration names, or the data directory. */
export async function openStorage(config: Config, dataDirectory: string): Promise<Storage> {
  const { storage, s3Region: region, s3AccessKeyId = '', s3SecretAccessKey = '' } = config;
  if (!storage) return createDiskStorage(join(dataDirectory, 'files'));
  const endpoint = config.s3Endpoint ?? `https://s3.${region}.amazonaws.com`;
  const place = {
    ...storage,
    endpoint,
    region,
    accessKeyId: s3AccessKeyId,
    secretAccessKey: s3SecretAccessKey,
  };
  await checkS3(place);
  return createS3Storage(place);
}

/** The storage without links of its own: everything is read through this server. */
function withoutLinks({ signedUrl: _, ...storage }: Storage): Storage {
  return storage;
}

/** The certificate that the configuration names, or one of our own for every name that the server may be called by. */
async function chooseCertificate(
  { tlsCert, tlsKey, tlsSelfSigned, host, publicUrl }: Config,
  dataDirectory: string,
): Promise<Certificate | undefined> {
  if (tlsCert && tlsKey) return readCertificate(tlsCert, tlsKey);
  if (!tlsSelfSigned) return undefined;
  const hosts = ['localhost', '127.0.0.1', '::1', host, ...(publicUrl ? [new URL(publicUrl).hostname] : [])];
  return keepOwnCertificate(dataDirectory, [...new Set(hosts)], new Date());
}

function explainListenError(error: unknown, { host, port }: Config): unknown {
  const reasons: Record<string, string> = {
    EADDRINUSE: 'something else listens there',
    EADDRNOTAVAIL: 'this machine has no such address',
    EACCES: 'that port needs more rights',
    ENOTFOUND: 'there is no such host',
  };
  const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''];
  if (!reason) return error;
  return new StillroarError(
    'configuration',
    `Cannot listen on ${host}, port ${port}: ${reason}. Choose others with STILLROAR_HOST and STILLROAR_PORT.`,
    { cause: error },
  );
}

/** The URLs under which a server on this host is reached from this machine, the one to show first. */
function listenUrlsOf(scheme: 'http' | 'https', host: string, port: number): string[] {
  const literal = host.includes(':') ? `[${host}]` : host;
  const isWildcard = host === '0.0.0.0' || host === '::';
  const shown = isWildcard ? [] : [`${scheme}://${literal}:${port}`];
  const local =
    isWildcard || isLoopback(host) ? [`${scheme}://localhost:${port}`, `${scheme}://127.0.0.1:${port}`] : [];
  return [...shown, ...local];
}
