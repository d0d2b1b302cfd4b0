import { setTimeout as sleep } from 'node:timers/promises';
import { StillroarError } from '../../errors.ts';
import type { ListeningSocket } from '../../net/listen-socket.ts';
import type { Workflow } from './manifest.ts';
import { createCatalogue, type NodeCatalogue } from './preflight.ts';
import type { ComfyTransport } from './transport.ts';

/** One ComfyUI server and what is known of it. */
export interface Host {
  readonly transport: ComfyTransport;
  /** Whether its last probe was answered. */
  isUp: boolean;
  /** By workflow: what to install before it can run; undefined before the first probe. */
  missing: Map<string, string[]> | undefined;
}

/** How long things take, in ms. */
export interface HostTimes {
  /** Between two probes of a server. */
  probe: number;
  /** How long work waits for a server to come up before it is given up. */
  patience: number;
  /** A place on a GPU that nobody asks after for so long is free again. */
  lease: number;
}

export const hostTimes: HostTimes = { probe: 15_000, patience: 60_000, lease: 60_000 };

/** How often a wait looks whether a server is free, in ms. */
const LOOK = 200;
/** Servers are asked anew what they have installed at every so many probes. */
const PROBES_PER_CATALOGUE = 4;

/** The servers, of which each works on one job of ours at a time. */
export class HostPool {
  readonly hosts: readonly Host[];
  /** Resolves when every server has been probed once. */
  readonly probed: Promise<void>;
  private readonly catalogues = new Map<Host, NodeCatalogue>();
  /** Who has which server, and when it was last asked after. */
  private readonly leases = new Map<string, { host: Host; at: number }>();
  private readonly sockets: ListeningSocket[];
  private readonly timer: NodeJS.Timeout;
  private readonly workflows: readonly Workflow[];
  private readonly times: HostTimes;
  private probes = 0;

  constructor(
    transports: readonly ComfyTransport[],
    workflows: readonly Workflow[],
    heard: (message: string | Buffer, from: ComfyTransport) => void,
    times: HostTimes,
  ) {
    this.hosts = transports.map((transport) => ({ transport, isUp: false, missing: undefined }));
    for (const host of this.hosts) this.catalogues.set(host, createCatalogue(host.transport));
    this.workflows = workflows;
    this.times = times;
    this.sockets = transports.map((transport) => transport.listen((message) => heard(message, transport)));
    this.probed = this.probeAll();
    this.timer = setInterval(() => void this.probeAll(), times.probe).unref();
  }

  /** What to install for a workflow on the server that lacks least; none when one that is up can run it. */
  missing(name: string): string[] {
    const up = this.hosts.filter(({ isUp, missing }) => isUp && missing);
    const lists = up.map(({ missing }) => missing!.get(name) ?? []);
    const [least] = lists.sort((a, b) => a.length - b.length);
    return least ?? ['No ComfyUI server answers: see that one runs at COMFYUI_URL.'];
  }

  /** The servers that are up and can run a workflow. */
  able(name: string): Host[] {
    return this.hosts.filter(({ isUp, missing }) => isUp && missing?.get(name)?.length === 0);
  }

  /** The server at this address. */
  find(url: string): Host | undefined {
    return this.hosts.find(({ transport }) => transport.url === url);
  }

  /**
   * Waits for a server that is free and takes it: of several the one with the shortest queue.
   * @throws StillroarError `engine-unavailable` when none that can run the workflow comes up in time
   */
  async take(name: string, key: string, signal: AbortSignal): Promise<Host> {
    let lastAble = Date.now();
    for (;;) {
      const able = this.able(name);
      if (able.length) lastAble = Date.now();
      const free = await this.byLoad(able.filter((host) => !this.isTaken(host)));
      // Others may have taken it while its queue was asked for.
      const host = free.find((candidate) => !this.isTaken(candidate));
      if (host) {
        this.hold(key, host);
        return host;
      }
      if (Date.now() - lastAble > this.times.patience) {
        throw new StillroarError('engine-unavailable', 'The GPU server does not answer. Try again later.');
      }
      await sleep(LOOK, undefined, { signal });
    }
  }

  /** Keeps a server for somebody, who asks after it from time to time. */
  hold(key: string, host: Host): void {
    this.leases.set(key, { host, at: Date.now() });
  }

  /** Lets it go. */
  release(key: string): void {
    this.leases.delete(key);
  }

  /** Sets a server aside until a probe finds it up again. */
  setAside(host: Host): void {
    host.isUp = false;
  }

  close(): void {
    clearInterval(this.timer);
    for (const socket of this.sockets) socket.close();
  }

  private isTaken(host: Host): boolean {
    const now = Date.now();
    return [...this.leases.values()].some(
      (lease) => lease.host === host && now - lease.at < this.times.lease,
    );
  }

  /** Those that answer, the least busy first. */
  private async byLoad(hosts: readonly Host[]): Promise<Host[]> {
    const loads = await Promise.all(
      hosts.map(async (host) => {
        try {
          const { running, pending } = await host.transport.queue();
          return { host, load: running.length + pending.length };
        } catch {
          this.setAside(host);
          return undefined;
        }
      }),
    );
    return loads
      .filter((entry) => entry !== undefined)
      .sort((a, b) => a.load - b.load)
      .map(({ host }) => host);
  }

  private async probeAll(): Promise<void> {
    const isFresh = this.probes++ % PROBES_PER_CATALOGUE === 0;
    await Promise.all(this.hosts.map((host) => this.probe(host, isFresh)));
  }

  private async probe(host: Host, isFresh: boolean): Promise<void> {
    try {
      await host.transport.stats();
      // A server that was down may be another one by now.
      if (isFresh || !host.isUp || !host.missing) await this.readCatalogue(host);
      host.isUp = true;
    } catch {
      // No answer, or one that is not ComfyUI's.
      host.isUp = false;
    }
  }

  private async readCatalogue(host: Host): Promise<void> {
    const catalogue = this.catalogues.get(host)!;
    catalogue.forget();
    const missing = new Map<string, string[]>();
    for (const workflow of this.workflows) missing.set(workflow.name, await catalogue.missing(workflow));
    host.missing = missing;
  }
}
