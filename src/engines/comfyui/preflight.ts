import { boundInputs } from './bind-graph.ts';
import { checkGraph, type GraphProblem } from './check-graph.ts';
import type { Workflow } from './manifest.ts';
import type { ComfyTransport, NodeInfo } from './transport.ts';

/** Asks a server for node classes, each once. */
export interface NodeCatalogue {
  /** Sentences that say what to install; none when the server can run the workflow. */
  missing(workflow: Workflow, signal?: AbortSignal): Promise<string[]>;
  /** Forgets what it knows: the server may have got new nodes and weights. */
  forget(): void;
}

/** A catalogue of what a server has. */
export function createCatalogue(transport: Pick<ComfyTransport, 'nodeInfo'>): NodeCatalogue {
  const known = new Map<string, NodeInfo | undefined>();
  return {
    async missing(workflow, signal) {
      const classes = new Set(Object.values(workflow.graph).map(({ class_type }) => class_type));
      for (const name of classes) {
        if (!known.has(name)) known.set(name, await transport.nodeInfo(name, signal));
      }
      const problems = checkGraph(workflow.graph, known, boundInputs(workflow));
      return [...new Set(problems.map((problem) => explain(workflow, problem)))];
    },
    forget: () => known.clear(),
  };
}

function explain({ manifest }: Workflow, problem: GraphProblem): string {
  const { packs, models } = manifest.requires;
  switch (problem.kind) {
    case 'no-node': {
      const pack = packs.find(({ nodes }) => nodes.includes(problem.className));
      return pack
        ? `Install the node pack ${pack.name}: ${pack.url}`
        : `Update ComfyUI: it has no node ${problem.className}.`;
    }
    case 'no-choice': {
      const model = models.find(({ name }) => name === problem.value);
      if (!model) {
        return `The node ${problem.className} of this ComfyUI has no ${problem.input} "${problem.value}".`;
      }
      return `Put ${model.name} into models/${model.folder}${model.url ? `: ${model.url}` : '.'}`;
    }
    case 'wrong-input':
      return `The node ${problem.className} of this ComfyUI does not fit: ${problem.input}: ${problem.reason}.`;
  }
}
