import { setTimeout as sleep } from 'node:timers/promises';

/** Values of a metric's labels, in the order of their names. */
export type LabelValues = readonly string[];

/** One line of a metric. */
export interface Sample {
  labels: LabelValues;
  value: number;
}

/** What only grows. */
export interface Counter {
  add(labels: LabelValues, amount?: number): void;
}

/** How often something took how long. */
export interface Histogram {
  /** Seconds. */
  observe(labels: LabelValues, seconds: number): void;
}

/** Metrics of one process, as Prometheus reads them. */
export interface Registry {
  counter(name: string, help: string, labels?: readonly string[]): Counter;
  /** @param bounds upper bounds of the buckets in seconds, ascending */
  histogram(name: string, help: string, labels: readonly string[], bounds: readonly number[]): Histogram;
  /** What is looked up whenever somebody asks: a gauge, or a counter kept elsewhere; left out while it cannot be read. */
  lookUp(
    type: 'gauge' | 'counter',
    name: string,
    help: string,
    labels: readonly string[],
    read: () => Promise<Sample[]>,
  ): void;
  /** Everything in the text format of Prometheus, version 0.0.4. */
  write(): Promise<string>;
}

/** What takes longer to look up is left out, in ms: who asks does not wait long either. */
const PATIENCE = 2_000;

/** The media type of {@link Registry.write}. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

const quote = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

function line(name: string, names: readonly string[], values: LabelValues, value: number): string {
  const pairs = names.map((label, index) => `${label}="${quote(values[index] ?? '')}"`);
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`;
}

interface Buckets {
  labels: LabelValues;
  /** How many lie in each bucket alone; the last is beyond all bounds. */
  counts: number[];
  sum: number;
}

/** An empty registry. Format: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export function createRegistry(): Registry {
  const metrics: (() => Promise<string[]>)[] = [];
  const add = (type: string, name: string, help: string, lines: () => Promise<string[]>) =>
    metrics.push(async () => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...(await lines())]);

  return {
    counter(name, help, names = []) {
      const totals = new Map<string, Sample>();
      // Without labels there is one line, from the start.
      if (names.length === 0) totals.set('', { labels: [], value: 0 });
      add('counter', name, help, async () =>
        [...totals.values()].map(({ labels, value }) => line(name, names, labels, value)),
      );
      return {
        add(labels, amount = 1) {
          const key = labels.join('\n');
          const total = totals.get(key) ?? { labels, value: 0 };
          total.value += amount;
          totals.set(key, total);
        },
      };
    },

    histogram(name, help, names, bounds) {
      const all = new Map<string, Buckets>();
      add('histogram', name, help, async () =>
        [...all.values()].flatMap(({ labels, counts, sum }) => {
          let count = 0;
          const buckets = counts.map((amount, index) => {
            count += amount;
            return line(
              `${name}_bucket`,
              [...names, 'le'],
              [...labels, String(bounds[index] ?? '+Inf')],
              count,
            );
          });
          return [
            ...buckets,
            line(`${name}_sum`, names, labels, sum),
            line(`${name}_count`, names, labels, count),
          ];
        }),
      );
      return {
        observe(labels, seconds) {
          const key = labels.join('\n');
          const found = all.get(key) ?? { labels, counts: Array(bounds.length + 1).fill(0), sum: 0 };
          const bucket = bounds.findIndex((bound) => seconds <= bound);
          found.counts[bucket < 0 ? bounds.length : bucket]! += 1;
          found.sum += seconds;
          all.set(key, found);
        },
      };
    },

    lookUp(type, name, help, names, read) {
      add(type, name, help, async () => {
        const silence = sleep<Sample[]>(PATIENCE, [], { ref: false });
        const samples = await Promise.race([read(), silence]).catch(() => []);
        return samples.map(({ labels, value }) => line(name, names, labels, value));
      });
    },

    async write() {
      const texts = await Promise.all(metrics.map((lines) => lines()));
      return `${texts.flat().join('\n')}\n`;
    },
  };
}
