import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defaultTasksAtOnce, type PlanName } from './credits/plans.ts';
import type { TaskKind } from './engines/engine.ts';
import { type FlavourName, flavours } from './engines/openai-videos/flavours.ts';
import { StillroarError } from './errors.ts';
import { nearest } from './nearest.ts';

/** One setting: where it comes from, what it means, and how its text becomes a value. */
export interface Setting<Value> {
  /** Its name in the environment. */
  env: string;
  /** One sentence for the manual. */
  about: string;
  /** The value when nothing is given. */
  default: Value;
  /** The default as it would be given, where that is not how it is read: `7d`. */
  defaultText?: string;
  /** Reads the text; throws an `Error` whose message completes "STILLROAR_X must be …". */
  parse: (text: string) => Value;
}

function define<Value>(setting: Setting<Value>): Setting<Value> {
  return setting;
}

const units = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Reads a time such as `7d`, in seconds. */
function duration(low: string, high: string): (text: string) => number {
  const seconds = (text: string): number => {
    const match = /^(\d+)([smhd])$/.exec(text);
    return match ? Number(match[1]) * units[match[2] as keyof typeof units] : Number.NaN;
  };
  return (text) => {
    const value = seconds(text);
    if (value >= seconds(low) && value <= seconds(high)) return value;
    throw new Error(`a number and a unit (s, m, h or d) from ${low} to ${high}, such as 24h`);
  };
}

function matching(pattern: RegExp, expectation: string): (text: string) => string {
  return (text) => {
    if (pattern.test(text)) return text;
    throw new Error(expectation);
  };
}

/** Reads a web address, without a slash at its end. @throws Error that says what it has to be */
export function webAddress(text: string): string {
  if (!/^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?$/.test(text) || !URL.canParse(text)) {
    throw new Error('a URL such as https://video.example.org');
  }
  return text.replace(/\/+$/, '');
}

const webAddresses = (text: string): string[] => text.split(',').map((part) => webAddress(part.trim()));

function headerList(text: string): Record<string, string> {
  const entries = text.split(',').map((part) => /^\s*([\w-]+)\s*:\s*(\S.*?)\s*$/.exec(part));
  if (entries.some((entry) => !entry)) {
    throw new Error('headers such as Authorization: Bearer abc, separated by commas');
  }
  return Object.fromEntries(entries.map((entry) => [entry![1]!, entry![2]!]));
}

function modelByKind(text: string): Partial<Record<TaskKind, string>> {
  const entries = text
    .split(',')
    .map((entry) => /^\s*(image-to-video|text-to-video|video-to-audio)=([\w.-]+)\s*$/.exec(entry));
  if (entries.some((entry) => !entry))
    throw new Error('kinds and models such as image-to-video=wan-2.2-i2v-14b');
  return Object.fromEntries(entries.map((entry) => [entry![1]!, entry![2]!]));
}

function flavourName(text: string): FlavourName {
  if (text in flavours) return text as FlavourName;
  throw new Error(`one of ${Object.keys(flavours).join(', ')}`);
}

function keyPair(text: string): { accessKey: string; secretKey: string } {
  const [, accessKey, secretKey] = /^([^\s:]+):(\S+)$/.exec(text) ?? [];
  if (accessKey && secretKey) return { accessKey, secretKey };
  throw new Error('an access key and a secret key with a colon between them');
}

function nameList(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.every((name) => /^[\w.-]+$/.test(name))) return names;
  throw new Error('names separated by commas');
}

function bucketAddress(text: string): { bucket: string; prefix: string } {
  const [, bucket, path = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(\/[\w./-]*)?$/.exec(text) ?? [];
  if (!bucket) throw new Error('a bucket such as s3://bucket or s3://bucket/prefix');
  const folders = path.split('/').filter(Boolean);
  return { bucket, prefix: folders.map((folder) => `${folder}/`).join('') };
}

function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= low && value <= high) return value;
    throw new Error(`a whole number from ${low} to ${high}`);
  };
}

function secondsRange(text: string): { least: number; most: number } {
  const [, least, most] = /^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  const range = { least: Number(least), most: Number(most) };
  if (range.least < range.most && range.most <= 600) return range;
  throw new Error('a shortest and a longest length in seconds of at most 600, such as 3-20.1');
}

function hostList(text: string): string[] {
  if (text === 'none') return [];
  const hosts = text.split(',').map((host) => host.trim().toLowerCase());
  for (const host of hosts) {
    const [address = '', prefix] = host.split('/');
    const isBlock = isIP(address) !== 0 && /^\d{1,3}$/.test(prefix ?? '');
    if (isBlock && Number(prefix) <= (isIP(address) === 4 ? 32 : 128)) continue;
    if (prefix === undefined && (isIP(host) || /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(host))) continue;
    throw new Error('hosts, addresses and CIDR blocks separated by commas, or none');
  }
  return hosts;
}

function tasksAtOnce(text: string): Record<PlanName, number> {
  const entries = text.split(',').map((entry) => /^\s*(free|pro|studio)=(\d{1,6})\s*$/.exec(entry));
  if (entries.some((entry) => !entry || Number(entry[2]) < 1)) {
    throw new Error('plans and numbers such as free=2,pro=10,studio=50');
  }
  return {
    ...defaultTasksAtOnce,
    ...Object.fromEntries(entries.map((entry) => [entry![1]!, Number(entry![2])])),
  };
}

function numberByName(text: string): Record<string, number> {
  const entries = text.split(',').map((entry) => /^\s*([a-z][\w-]*)=(\d{1,6})\s*$/.exec(entry));
  if (entries.some((entry) => !entry || Number(entry[2]) < 1)) {
    throw new Error('engines and numbers such as comfyui=4,kling=2');
  }
  return Object.fromEntries(entries.map((entry) => [entry![1]!, Number(entry![2])]));
}

function onOrOff(text: string): boolean {
  if (/^(1|true|on)$/i.test(text)) return true;
  if (/^(0|false|off)$/i.test(text)) return false;
  throw new Error('1 or 0');
}

const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

function logLevel(text: string): (typeof logLevels)[number] {
  const level = logLevels.find((known) => known === text);
  if (level) return level;
  throw new Error(`one of ${logLevels.join(', ')}`);
}

/** Every setting. The key is its name in `stillroar.config.json` and, in kebab-case, as a flag. */
export const settings = {
  host: define<string>({
    env: 'STILLROAR_HOST',
    about: 'The address to listen on; 0.0.0.0 or :: listens on all.',
    default: '127.0.0.1',
    parse: matching(/^[\w.:-]+$/, 'an IP address or a host name'),
  }),
  port: define<number>({
    env: 'STILLROAR_PORT',
    about: 'The port to listen on; 0 takes any free one.',
    default: 8080,
    parse: wholeNumber(0, 65_535),
  }),
  data: define<string>({
    env: 'STILLROAR_DATA',
    about: 'The directory for the database, the files, the lock and the secret key.',
    default: './data',
    parse: matching(/\S/, 'a directory'),
  }),
  apiKey: define<string | undefined>({
    env: 'STILLROAR_API_KEY',
    about: 'The first account’s API key (client secret); generated when it is not given.',
    default: undefined,
    parse: matching(/^[\x21-\x7e]{24}$/, 'exactly 24 printable ASCII characters without spaces'),
  }),
  clientId: define<string | undefined>({
    env: 'STILLROAR_CLIENT_ID',
    about: 'The first account’s client id; generated when it is not given.',
    default: undefined,
    parse: matching(/^[\x21-\x7e]{16}$/, 'exactly 16 printable ASCII characters without spaces'),
  }),
  metricsToken: define<string | undefined>({
    env: 'STILLROAR_METRICS_TOKEN',
    about:
      'What /metrics asks for as a bearer token. Without one it answers only a server that listens on loopback.',
    default: undefined,
    parse: matching(/^[\x21-\x7e]{16,}$/, 'at least 16 printable ASCII characters without spaces'),
  }),
  publicUrl: define<string | undefined>({
    env: 'STILLROAR_PUBLIC_URL',
    about: 'What the URLs of results begin with; the listen address when it is not given.',
    default: undefined,
    parse: webAddress,
  }),
  requestsPerMinute: define<number | undefined>({
    env: 'STILLROAR_REQUESTS_PER_MINUTE',
    about:
      'How many requests one key, and one public address, may send in a minute; 0 is no limit. 6000 when it is not given, and no limit on loopback.',
    default: undefined,
    parse: wholeNumber(0, 1_000_000),
  }),
  policy: define<string | undefined>({
    env: 'STILLROAR_POLICY',
    about: 'A module of yours (./policy.mjs) whose function review may refuse requests for their words.',
    default: undefined,
    parse: matching(/\S/, 'a file'),
  }),
  allowHosts: define<string[] | undefined>({
    env: 'STILLROAR_ALLOW_HOSTS',
    about:
      'Private hosts, addresses and CIDR blocks that fetches may reach, or none; loopback when the server listens on loopback and this is not given.',
    default: undefined,
    parse: hostList,
  }),
  secretKey: define<string | undefined>({
    env: 'STILLROAR_SECRET_KEY',
    about:
      'Encrypts the stored secrets, at least 32 characters; a file in the data directory when it is not given.',
    default: undefined,
    parse: matching(/^\S{32,}$/, 'at least 32 characters without spaces'),
  }),
  queueTtl: define<number>({
    env: 'STILLROAR_QUEUE_TTL',
    about: 'How long a task may wait in the queue before it is refunded.',
    default: 86_400,
    defaultText: '24h',
    parse: duration('1s', '14d'),
  }),
  retention: define<number>({
    env: 'STILLROAR_RETENTION',
    about: 'How long results are kept.',
    default: 7 * 86_400,
    defaultText: '7d',
    parse: duration('1s', '3650d'),
  }),
  slots: define<number>({
    env: 'STILLROAR_SLOTS',
    about:
      'How many tasks this process works on at once; 0 only answers requests and leaves the work to workers.',
    default: Math.max(1, Math.floor(availableParallelism() / 2)),
    parse: wholeNumber(0, 64),
  }),
  queueLimit: define<number>({
    env: 'STILLROAR_QUEUE_LIMIT',
    about: 'How many tasks may wait for an engine; more are refused until some have begun.',
    default: 1_000,
    parse: wholeNumber(1, 1_000_000),
  }),
  tasksAtOnce: define<Record<PlanName, number>>({
    env: 'STILLROAR_TASKS_AT_ONCE',
    about: 'How many unfinished tasks an account may have, by plan; what is not named keeps its default.',
    default: defaultTasksAtOnce,
    defaultText: 'free=2,pro=10,studio=50',
    parse: tasksAtOnce,
  }),
  engineTasks: define<Record<string, number>>({
    env: 'STILLROAR_ENGINE_TASKS',
    about:
      'How many tasks of an engine may be at work at once in all processes, such as comfyui=4,kling=2; what other machines can do when it is not named.',
    default: {},
    parse: numberByName,
  }),
  testMode: define<boolean>({
    env: 'STILLROAR_TEST_MODE',
    about: 'With 1, the request header x-stillroar-fault makes things go wrong on purpose.',
    default: false,
    parse: onOrOff,
  }),
  databaseUrl: define<string | undefined>({
    env: 'DATABASE_URL',
    about: 'A PostgreSQL to use instead of the embedded database.',
    default: undefined,
    parse: matching(/^postgres(ql)?:\/\/\S+$/, 'a URL that begins with postgres:// or postgresql://'),
  }),
  storage: define<{ bucket: string; prefix: string } | undefined>({
    env: 'STILLROAR_STORAGE',
    about: 'A bucket for the files, such as s3://bucket/prefix; the data directory when it is not given.',
    default: undefined,
    parse: bucketAddress,
  }),
  s3Endpoint: define<string | undefined>({
    env: 'S3_ENDPOINT',
    about: 'Where the bucket is: the URL of an S3-compatible store; Amazon’s when it is not given.',
    default: undefined,
    parse: webAddress,
  }),
  s3Region: define<string>({
    env: 'S3_REGION',
    about: 'The bucket’s region.',
    default: 'us-east-1',
    parse: matching(/^[a-z0-9-]+$/, 'a region such as eu-west-1'),
  }),
  s3AccessKeyId: define<string | undefined>({
    env: 'S3_ACCESS_KEY_ID',
    about: 'The key that may read, write, list and delete in the bucket.',
    default: undefined,
    parse: matching(/^\S+$/, 'an access key without spaces'),
  }),
  s3SecretAccessKey: define<string | undefined>({
    env: 'S3_SECRET_ACCESS_KEY',
    about: 'That key’s secret.',
    default: undefined,
    parse: matching(/^\S+$/, 'a secret without spaces'),
  }),
  results: define<'proxied' | 'signed'>({
    env: 'STILLROAR_RESULTS',
    about:
      'How results leave a bucket: proxied through this server, or signed: their URLs lead on to the store.',
    default: 'proxied',
    parse(text) {
      if (text === 'proxied' || text === 'signed') return text;
      throw new Error('proxied or signed');
    },
  }),
  backups: define<number>({
    env: 'STILLROAR_BACKUPS',
    about: 'How many daily backups of the embedded database are kept in the data directory; 0 makes none.',
    default: 7,
    parse: wholeNumber(0, 1_000),
  }),
  videoMegabytes: define<number>({
    env: 'STILLROAR_VIDEO_MEGABYTES',
    about: 'Largest video that a caller may bring, in millions of bytes.',
    default: 100,
    parse: wholeNumber(1, 2_000),
  }),
  videoSeconds: define<{ least: number; most: number }>({
    env: 'STILLROAR_VIDEO_SECONDS',
    about: 'Shortest and longest video that gets sound, in seconds.',
    default: { least: 3, most: 20.1 },
    defaultText: '3-20.1',
    parse: secondsRange,
  }),
  uploadMegabytes: define<number>({
    env: 'STILLROAR_UPLOAD_MEGABYTES',
    about: 'How much an account’s uploads may take together, in millions of bytes.',
    default: 2_000,
    parse: wholeNumber(1, 1_000_000),
  }),
  models: define<Partial<Record<TaskKind, string>>>({
    env: 'STILLROAR_MODELS',
    about:
      'The models of requests that name none, such as image-to-video=wan-2.2-i2v-14b,video-to-audio=mmaudio.',
    default: {},
    parse: modelByKind,
  }),
  fallback: define<string[]>({
    env: 'STILLROAR_FALLBACK',
    about: 'Models that take over, in this order, when one cannot be used: builtin-fine. The task says so.',
    default: [],
    parse: nameList,
  }),
  depthModel: define<string | undefined>({
    env: 'STILLROAR_DEPTH_MODEL',
    about:
      'An ONNX file that tells depth, for the built-in engine; the one that `stillroar models pull depth` has fetched when it is not given.',
    default: undefined,
    parse: matching(/\S/, 'a file'),
  }),
  comfyuiUrl: define<string[] | undefined>({
    env: 'COMFYUI_URL',
    about: 'ComfyUI servers that make videos on GPUs, separated by commas: http://127.0.0.1:8188.',
    default: undefined,
    parse: webAddresses,
  }),
  comfyuiHeaders: define<Record<string, string>>({
    env: 'COMFYUI_HEADERS',
    about: 'Headers for the ComfyUI servers, separated by commas, such as Authorization: Bearer abc.',
    default: {},
    parse: headerList,
  }),
  comfyuiAccept: define<string[]>({
    env: 'COMFYUI_ACCEPT',
    about: 'Workflows whose licence you accept, by name, where they ask for it.',
    default: [],
    parse: nameList,
  }),
  openaiVideosUrl: define<string | undefined>({
    env: 'OPENAI_VIDEOS_URL',
    about: 'A server that speaks OpenAI’s Videos, with its /v1: http://127.0.0.1:8091/v1.',
    default: undefined,
    parse: webAddress,
  }),
  openaiVideosKey: define<string | undefined>({
    env: 'OPENAI_VIDEOS_KEY',
    about: 'The key for that server, if it wants one.',
    default: undefined,
    parse: matching(/^\S+$/, 'a key without spaces'),
  }),
  openaiVideosFlavour: define<FlavourName>({
    env: 'OPENAI_VIDEOS_FLAVOUR',
    about: 'Which server that is: openai, vllm or sglang.',
    default: 'openai',
    parse: flavourName,
  }),
  klingUrl: define<string>({
    env: 'KLING_URL',
    about: 'Kling’s address, for its cloud as an engine.',
    default: 'https://api-singapore.klingai.com',
    parse: webAddress,
  }),
  klingKeys: define<{ accessKey: string; secretKey: string } | undefined>({
    env: 'KLING_KEYS',
    about: 'Your access key and secret key at Kling, as access:secret; its models are offered then.',
    default: undefined,
    parse: keyPair,
  }),
  akoolUrl: define<string>({
    env: 'AKOOL_URL',
    about: 'Akool’s address, for its cloud as an engine.',
    default: 'https://openapi.akool.com',
    parse: webAddress,
  }),
  akoolKey: define<string | undefined>({
    env: 'AKOOL_KEY',
    about: 'Your API key at Akool; its model is offered then.',
    default: undefined,
    parse: matching(/^\S+$/, 'a key without spaces'),
  }),
  videoModels: define<string | undefined>({
    env: 'STILLROAR_VIDEO_MODELS',
    about: 'A module of yours (./video-models.mjs) whose models are video models of the AI SDK.',
    default: undefined,
    parse: matching(/\S/, 'a file'),
  }),
  tlsCert: define<string | undefined>({
    env: 'STILLROAR_TLS_CERT',
    about: 'A file with the certificate (PEM, with its chain) to serve HTTPS; needs the key too.',
    default: undefined,
    parse: matching(/\S/, 'a file'),
  }),
  tlsKey: define<string | undefined>({
    env: 'STILLROAR_TLS_KEY',
    about: 'The file with the certificate’s private key (PEM).',
    default: undefined,
    parse: matching(/\S/, 'a file'),
  }),
  tlsSelfSigned: define<boolean>({
    env: 'STILLROAR_TLS_SELF_SIGNED',
    about: 'For development: serves HTTPS with a certificate of its own, kept in the data directory.',
    default: false,
    parse: onOrOff,
  }),
  log: define<(typeof logLevels)[number]>({
    env: 'STILLROAR_LOG',
    about: 'How much is logged: silent, fatal, error, warn, info, debug or trace.',
    default: 'info',
    parse: logLevel,
  }),
} as const;

type Settings = typeof settings;

/** A setting's name in the configuration file and in {@link Config}. */
export type SettingName = keyof Settings;

/** All settings, read and checked. Durations are seconds. */
export type Config = { [Name in SettingName]: Settings[Name]['default'] };

/** Where settings come from, strongest first. */
export interface ConfigSources {
  /** From the command line, by setting name. */
  flags?: Partial<Record<SettingName, string>>;
  environment?: Record<string, string | undefined>;
  /** The parsed `stillroar.config.json`. */
  file?: Record<string, unknown>;
}

function unknownName(name: string, known: readonly string[]): string {
  const suggestion = nearest(name, known);
  return `${name} is not a setting${suggestion ? `; did you mean ${suggestion}?` : '.'}`;
}

/**
 * Reads the settings: flags, then environment, then file, then defaults. An empty text counts as not given.
 * @throws StillroarError `configuration` that names everything that is wrong, one sentence a line
 */
export function readConfig({ flags = {}, environment = {}, file = {} }: ConfigSources): Config {
  const names = Object.keys(settings) as SettingName[];
  const variables = names.map((name) => settings[name].env);
  const problems = [
    ...Object.keys(environment)
      .filter((name) => name.startsWith('STILLROAR_') && !variables.includes(name))
      .map((name) => unknownName(name, variables)),
    ...Object.keys(file)
      .filter((name) => !(name in settings))
      .map((name) => `stillroar.config.json: ${unknownName(name, names)}`),
  ];
  const config: Partial<Record<SettingName, unknown>> = {};
  for (const name of names) {
    const setting = settings[name];
    const given = flags[name] || environment[setting.env] || file[name];
    try {
      const text = Array.isArray(given) ? given.join(',') : String(given);
      config[name] = given === undefined || given === '' ? setting.default : setting.parse(text);
    } catch (problem) {
      problems.push(`${setting.env} must be ${(problem as Error).message}.`);
    }
  }
  if (config.databaseUrl && !config.secretKey) {
    problems.push('STILLROAR_SECRET_KEY is needed with DATABASE_URL, so that all nodes share it.');
  }
  if (config.storage && !(config.s3AccessKeyId && config.s3SecretAccessKey)) {
    problems.push('S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY are needed with STILLROAR_STORAGE.');
  }
  if (config.results === 'signed' && !config.storage) {
    problems.push('STILLROAR_RESULTS can be signed only with STILLROAR_STORAGE: a disk signs nothing.');
  }
  if (Boolean(config.tlsCert) !== Boolean(config.tlsKey)) {
    problems.push('STILLROAR_TLS_CERT and STILLROAR_TLS_KEY are needed together.');
  }
  if (config.tlsCert && config.tlsSelfSigned) {
    problems.push('STILLROAR_TLS_SELF_SIGNED makes a certificate; leave it out where one is given.');
  }
  if (problems.length) throw new StillroarError('configuration', problems.join('\n'));
  return config as Config;
}

/**
 * Reads the settings of this process: the given flags, the environment with `.env`, and `stillroar.config.json`,
 * both files in the given directory and both optional.
 * @throws StillroarError `configuration`
 */
export function loadConfig(
  flags: Partial<Record<SettingName, string>> = {},
  directory = process.cwd(),
): Config {
  try {
    process.loadEnvFile(join(directory, '.env'));
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code !== 'ENOENT') throw problem;
  }
  return readConfig({ flags, environment: process.env, file: readConfigFile(directory) });
}

function readConfigFile(directory: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(join(directory, 'stillroar.config.json'), 'utf8'));
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new StillroarError(
      'configuration',
      `stillroar.config.json cannot be read: ${(problem as Error).message}`,
    );
  }
}
