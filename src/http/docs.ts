import { createHash } from 'node:crypto';
import { errorTable } from '../errors.ts';
import type { Json, OpenApi, Operation } from './openapi.ts';

const style = `
  :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; --line: #8884; --soft: #8881; }
  body { display: grid; grid-template-columns: 17rem minmax(0, 46rem); gap: 3rem; max-width: 72rem; margin: 0 auto;
    padding: 2rem 1.25rem 6rem; }
  nav { position: sticky; top: 1rem; align-self: start; max-height: calc(100vh - 2rem); overflow-y: auto;
    font-size: .875rem; }
  nav ul { list-style: none; margin: 0 0 1rem; padding: 0; } nav li { margin: .15rem 0; }
  nav a { text-decoration: none; color: inherit; } nav a:hover, nav a:focus { text-decoration: underline; }
  h1 { line-height: 1.2; margin-top: 0; } h2 { margin: 3.5rem 0 .5rem; border-top: 1px solid var(--line); padding-top: 2rem; }
  h3 { margin: 2.5rem 0 .25rem; font-size: 1.1rem; } h4 { margin: 1rem 0 .25rem; font-size: .875rem; }
  code, pre { font: .8125rem/1.5 ui-monospace, monospace; } .route { overflow-wrap: anywhere; }
  pre { background: var(--soft); border-radius: .5rem; padding: .75rem 1rem; overflow-x: auto; margin: .5rem 0; }
  table { border-collapse: collapse; width: 100%; font-size: .875rem; }
  td, th { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); }
  summary { cursor: pointer; font-size: .875rem; } details { margin: .5rem 0; }
  .method { font-weight: 600; margin-right: .5rem; }
  @media (max-width: 52rem) { body { display: block; } nav { position: static; max-height: none; } }
`;

/** The policy under which {@link docsPage} is served: its own style sheet and nothing else. */
export const docsPolicy = `default-src 'none'; img-src data:; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Sentences whose parts in backticks are code. */
function prose(text: string): string {
  return `<p>${escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>')}</p>`;
}

function pretty(value: unknown): string {
  return `<pre><code>${escapeHtml(JSON.stringify(value, undefined, 2))}</code></pre>`;
}

/** A schema's type in a few words: `"720p" | "1080p"`, `integer ≥ 0`, `[Task]`. */
function typeOf(schema: Json): string {
  const {
    $ref,
    anyOf,
    enum: values,
    const: only,
    type,
    items,
    minimum,
    maximum,
    maxLength,
  } = schema as {
    $ref?: string;
    anyOf?: Json[];
    enum?: unknown[];
    const?: unknown;
    type?: string;
    items?: Json;
    minimum?: number;
    maximum?: number;
    maxLength?: number;
  };
  if ($ref) return $ref.split('/').at(-1)!;
  if (anyOf) return anyOf.map(typeOf).join(' | ');
  if (only !== undefined) return JSON.stringify(only);
  if (values) return values.map((value) => JSON.stringify(value)).join(' | ');
  if (type === 'array') return `[${items ? typeOf(items) : 'anything'}]`;
  const limits = [
    minimum === undefined ? '' : ` ≥ ${minimum}`,
    maximum === undefined ? '' : ` ≤ ${maximum}`,
    maxLength === undefined ? '' : `, at most ${maxLength} characters`,
  ].join('');
  return `${type ?? 'anything'}${limits}`;
}

/** The fields of an object, or of each of several. */
function fieldTable(schema: Json): string {
  const {
    properties,
    required = [],
    anyOf,
  } = schema as {
    properties?: Record<string, Json>;
    required?: string[];
    anyOf?: Json[];
  };
  if (anyOf) return anyOf.map(fieldTable).join('');
  if (!properties) return '';
  const rows = Object.entries(properties).map(([name, field]) => {
    const nested = field.type === 'object' ? fieldTable(field) : '';
    return `<tr><td><code>${escapeHtml(name)}</code></td><td>${required.includes(name) ? 'required' : ''}</td><td><code>${escapeHtml(typeOf(field))}</code>${nested}</td></tr>`;
  });
  return `<table>${rows.join('')}</table>`;
}

function contentPart(title: string, content: Operation['requestBody']): string {
  return Object.entries(content?.content ?? {})
    .map(([type, { schema, example }]) => {
      const fields = fieldTable(schema) || `<p><code>${escapeHtml(typeOf(schema))}</code></p>`;
      return (
        `<details><summary>${title}, <code>${escapeHtml(type)}</code></summary>${fields}</details>` +
        (example === undefined || title !== 'Body' ? '' : pretty(example))
      );
    })
    .join('');
}

function operationPart(method: string, path: string, described: Operation): string {
  const parameters = described.parameters.map(
    ({ name, in: place, required, schema, description }) =>
      `<tr><td><code>${escapeHtml(name)}</code></td><td>${place}${required ? ', required' : ''}</td><td><code>${escapeHtml(typeOf(schema))}</code> ${escapeHtml(description ?? '')}</td></tr>`,
  );
  const answers = Object.entries(described.responses)
    .filter(([status]) => status !== 'default')
    .map(([status, { content }]) =>
      content
        ? contentPart(`Answer ${status}`, { required: true, content })
        : `<p>Answers ${status}, with nothing in it.</p>`,
    );
  return [
    `<h3 id="${described.operationId}">${escapeHtml(described.summary)}</h3>`,
    `<p class="route"><code><span class="method">${method.toUpperCase()}</span>${escapeHtml(path)}</code></p>`,
    described.description ? prose(described.description) : '',
    parameters.length
      ? `<details><summary>Parameters</summary><table>${parameters.join('')}</table></details>`
      : '',
    contentPart('Body', described.requestBody),
    ...answers,
  ].join('\n');
}

/** The reference as a page that loads nothing and needs no script. */
export function docsPage(api: OpenApi): string {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({ path, method, described })),
  );
  const sections = api.tags.map(({ name, description }) => {
    const own = operations.filter(({ described }) => described.tags.includes(name));
    return {
      name,
      menu: own.map(
        ({ described }) =>
          `<li><a href="#${described.operationId}">${escapeHtml(described.summary)}</a></li>`,
      ),
      text: `<h2>${escapeHtml(name)}</h2>${prose(description)}${own.map(({ method, path, described }) => operationPart(method, path, described)).join('\n')}`,
    };
  });
  const schemas = Object.entries(api.components.schemas).map(
    ([name, schema]) => `<h3 id="schema-${name}">${name}</h3>${fieldTable(schema)}`,
  );
  const errors = Object.entries(errorTable).map(
    ([code, { status, meaning, retryable }]) =>
      `<tr id="error-${code}"><td><code>${code}</code></td><td>${status}</td><td>${escapeHtml(meaning)}${retryable ? ' The same request may succeed later.' : ''}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Stillroar API</title>
<link rel="icon" href="data:,">
<style>${style}</style>
<nav aria-label="Routes">
${sections.map(({ name, menu }) => `<b>${escapeHtml(name)}</b><ul>${menu.join('')}</ul>`).join('\n')}
<ul><li><a href="#schemas">Objects</a></li><li><a href="#errors">Errors</a></li></ul>
</nav>
<main>
<h1>Stillroar API</h1>
<p>Everything that this server answers, generated from the schemas that read its requests. For programs:
<a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).</p>
<p>Send an API key in <code>Authorization: Bearer …</code> or <code>x-api-key</code>. A <code>POST</code> with the
header <code>Idempotency-Key</code> can be repeated safely for 24 hours.</p>
${sections.map(({ text }) => text).join('\n')}
<h2 id="schemas">Objects</h2>
${schemas.join('\n')}
<h2 id="errors">Errors</h2>
<p>The native API answers them as problem details, with the code in <code>code</code>; the other dialects in their
vendors’ numbers.</p>
<table>${errors.join('')}</table>
</main>
</html>
`;
}
