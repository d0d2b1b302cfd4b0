import type { Graph } from './manifest.ts';
import type { NodeInfo } from './transport.ts';

/** What keeps a server from running a graph. */
export type GraphProblem =
  | { kind: 'no-node'; className: string }
  /** A choice that the server does not have: for a loader, weights that are not installed. */
  | { kind: 'no-choice'; className: string; input: string; value: string }
  | { kind: 'wrong-input'; className: string; input: string; reason: string };

/**
 * Compares a graph with what a server says of its nodes: classes, inputs, links, choices and ranges.
 * @param infos by class; undefined for a class that the server does not have
 * @param bound `node input` of the inputs whose values come later
 */
export function checkGraph(
  graph: Graph,
  infos: ReadonlyMap<string, NodeInfo | undefined>,
  bound: ReadonlySet<string> = new Set(),
): GraphProblem[] {
  const classes = [...new Set(Object.values(graph).map(({ class_type }) => class_type))];
  const problems: GraphProblem[] = classes
    .filter((className) => !infos.get(className))
    .map((className) => ({ kind: 'no-node', className }));
  for (const [id, { class_type: className, inputs }] of Object.entries(graph)) {
    const info = infos.get(className);
    if (!info) continue;
    const { required = {}, optional = {} } = info.input;
    const wrong = (input: string, reason: string) =>
      problems.push({ kind: 'wrong-input', className, input, reason });
    for (const input of Object.keys(required)) {
      if (inputs[input] === undefined) wrong(input, 'it is required');
    }
    for (const [input, value] of Object.entries(inputs)) {
      const definition = required[input] ?? optional[input];
      if (!definition) wrong(input, 'the node has no such input');
      else if (isLink(value)) {
        if (!graph[value[0]]) wrong(input, `there is no node ${value[0]}`);
      } else if (!bound.has(`${id} ${input}`)) {
        const problem = checkValue(value, definition);
        if (problem === 'no-choice') problems.push({ kind: problem, className, input, value: String(value) });
        else if (problem) wrong(input, problem);
      }
    }
  }
  return problems;
}

function isLink(value: unknown): value is [string, number] {
  return (
    Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'number'
  );
}

/** A combo's choices in both of its shapes, `[["a"], {}]` and `["COMBO", { options: ["a"] }]`; undefined for others. */
export function choicesOf(definition: readonly unknown[]): unknown[] | undefined {
  const [type, details] = definition;
  if (Array.isArray(type)) return type;
  const options = (details as { options?: unknown } | undefined)?.options;
  return type === 'COMBO' && Array.isArray(options) ? options : undefined;
}

function checkValue(value: unknown, definition: readonly unknown[]): string | undefined {
  const choices = choicesOf(definition);
  if (choices) return choices.includes(value) ? undefined : 'no-choice';
  const [type, details] = definition;
  if (type === 'STRING') return typeof value === 'string' ? undefined : 'it must be a text';
  if (type === 'BOOLEAN') return typeof value === 'boolean' ? undefined : 'it must be true or false';
  if (type !== 'INT' && type !== 'FLOAT') return `it must be a link to ${String(type)}`;
  if (typeof value !== 'number') return 'it must be a number';
  const { min = -Infinity, max = Infinity } = (details ?? {}) as { min?: number; max?: number };
  if (type === 'INT' && !Number.isInteger(value)) return 'it must be a whole number';
  return value < min || value > max ? `it must be from ${min} to ${max}` : undefined;
}
