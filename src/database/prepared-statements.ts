import type { ClientBase } from 'pg';

/** No more texts than these are kept: lists of values make a text for each of their lengths. */
const MOST_STATEMENTS = 500;

/**
 * Lets PostgreSQL read and plan a statement with values once for the connection, and not each time: in WebAssembly that is
 * most of what a small statement costs. Only for a database whose tables nobody else changes meanwhile.
 */
export function prepareStatements(client: ClientBase): void {
  const names = new Map<string, string>();
  const query = client.query.bind(client) as (...parameters: unknown[]) => unknown;
  client.query = ((text: unknown, values: unknown, ...rest: unknown[]) => {
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0) {
      return query(text, values, ...rest);
    }
    let name = names.get(text);
    if (name === undefined && names.size < MOST_STATEMENTS) {
      name = `statement ${names.size}`;
      names.set(text, name);
    }
    return query({ name, text, values }, ...rest);
  }) as typeof client.query;
}
