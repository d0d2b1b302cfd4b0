import { z } from 'zod';
import type { Stage } from '../engine.ts';
import type { Graph } from './manifest.ts';

/** How far a graph has come. */
export interface GraphProgress {
  /** 0–99. */
  progress: number;
  stage: Stage;
}

/** What a socket's message says about one prompt. */
export interface GraphNews {
  promptId: string;
  /** Nodes that are done. */
  done: string[];
  /** The node that is at work, and how much of it is done, 0–1. */
  running: { node: string; part: number } | undefined;
  /** Whether the prompt has ended, well or not; how, `/history` says. */
  ended: boolean;
}

const id = z.string();
const step = z.object({ value: z.number(), max: z.number(), state: z.string() });
const messages = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('execution_cached'),
    data: z.object({ prompt_id: id, nodes: z.array(z.string()) }),
  }),
  // After a reconnect the server says which node runs, but not of which prompt: such a message is no use.
  z.object({ type: z.literal('executing'), data: z.object({ prompt_id: id, node: z.string().nullable() }) }),
  z.object({ type: z.literal('executed'), data: z.object({ prompt_id: id, node: z.string() }) }),
  z.object({
    type: z.literal('progress'),
    data: z.object({ prompt_id: id, node: z.string(), value: z.number(), max: z.number() }),
  }),
  z.object({
    type: z.literal('progress_state'),
    data: z.object({ prompt_id: id, nodes: z.record(z.string(), step) }),
  }),
  z.object({
    type: z.enum(['execution_success', 'execution_error', 'execution_interrupted']),
    data: z.object({ prompt_id: id }),
  }),
]);

/** Reads a socket's message; undefined when it says nothing about the progress of a prompt. */
export function readNews(text: string): GraphNews | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const message = messages.safeParse(value).data;
  if (!message) return undefined;
  const news: GraphNews = { promptId: message.data.prompt_id, done: [], running: undefined, ended: false };
  switch (message.type) {
    case 'execution_cached':
      return { ...news, done: message.data.nodes };
    case 'executing': {
      const { node } = message.data;
      return node === null ? { ...news, ended: true } : { ...news, running: { node, part: 0 } };
    }
    case 'executed':
      return { ...news, done: [message.data.node] };
    case 'progress': {
      const { node, value: steps, max } = message.data;
      return { ...news, running: { node, part: steps / Math.max(1, max) } };
    }
    case 'progress_state': {
      const nodes = Object.entries(message.data.nodes);
      const running = nodes.find(([, { state }]) => state === 'running');
      return {
        ...news,
        done: nodes.filter(([, { state }]) => state === 'finished').map(([node]) => node),
        running: running && { node: running[0], part: running[1].value / Math.max(1, running[1].max) },
      };
    }
    default:
      return { ...news, ended: true };
  }
}

/** How much of the whole time a node takes, about: sampling is nearly all of it. */
function weightOf(className: string): number {
  if (/sampler/i.test(className) && !/select/i.test(className)) return 30;
  if (/decode/i.test(className)) return 5;
  return /loader|encode/i.test(className) ? 2 : 1;
}

function stageOf(className: string, isSound: boolean): Stage {
  if (/^(Create|Save)(Video|Audio)/.test(className)) return 'encoding';
  if (/loader|^Load|encode/i.test(className)) return 'analysing';
  return isSound ? 'scoring' : 'rendering';
}

/** Adds up a graph's news; what has been reached is never taken back. */
export class ProgressMeter {
  private readonly done = new Set<string>();
  private running: string | undefined;
  private current: GraphProgress = { progress: 0, stage: 'analysing' };
  private readonly graph: Graph;
  private readonly isSound: boolean;

  constructor(graph: Graph, isSound: boolean) {
    this.graph = graph;
    this.isSound = isSound;
  }

  /** What was reached so far. */
  get reached(): GraphProgress {
    return this.current;
  }

  /** Takes in a piece of news. */
  hear({ done, running }: GraphNews): void {
    for (const node of done) this.done.add(node);
    // Older servers name a node when it begins and say nothing when it ends.
    if (running && this.running !== undefined && this.running !== running.node) this.done.add(this.running);
    if (running) this.running = running.node;
    const classOf = (node: string) => this.graph[node]?.class_type;
    let whole = 0;
    let reached = 0;
    for (const [node, { class_type }] of Object.entries(this.graph)) {
      const weight = weightOf(class_type);
      whole += weight;
      if (this.done.has(node)) reached += weight;
      else if (running?.node === node) reached += weight * Math.min(1, running.part);
    }
    const className = running && classOf(running.node);
    this.current = {
      progress: Math.min(99, Math.max(this.current.progress, Math.floor((100 * reached) / whole))),
      stage: className === undefined ? this.current.stage : stageOf(className, this.isSound),
    };
  }
}
