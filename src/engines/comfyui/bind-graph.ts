import type { BindingName, Graph, Workflow } from './manifest.ts';

/** What goes into a graph; a binding without a value keeps what the graph has there. */
export type BindingValues = Partial<Record<BindingName, string | number>>;

/** The graph with the values in their places. */
export function bindGraph({ graph, manifest }: Workflow, values: BindingValues): Graph {
  const bound = structuredClone(graph);
  for (const [binding, places] of Object.entries(manifest.bindings)) {
    const value = values[binding as BindingName];
    if (value === undefined) continue;
    for (const { node, input } of places) bound[node]!.inputs[input] = value;
  }
  return bound;
}

/** The inputs that a binding fills: what the graph has there is only an example. */
export function boundInputs({ manifest }: Workflow): Set<string> {
  return new Set(
    Object.values(manifest.bindings).flatMap((places) => places.map(({ node, input }) => `${node} ${input}`)),
  );
}
