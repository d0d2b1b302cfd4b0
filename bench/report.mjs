// docs/benchmarks.md is written by the benches: each owns the part between its two marks and leaves the others as they are.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

const page = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url));

/** The machine that figures come from, and how busy it is: what shares its cores with other work says little about time. */
function describeMachine() {
  const load = loadavg()[0];
  const busy = load > 1.5 * cpus().length ? `, busy with other work (load ${Math.round(load)})` : '';
  return `${cpus().length} × ${cpus()[0].model}, Node ${process.version}${busy}`;
}

/** A Markdown table of rows that have the same fields. */
export function tableLines(rows) {
  const names = Object.keys(rows[0]);
  const cells = (values) => `| ${values.join(' | ')} |`;
  return [cells(names), `|${' --- |'.repeat(names.length)}`, ...rows.map((row) => cells(Object.values(row)))];
}

/** Puts lines in place of a bench's part of the page, or at its end when it has none yet; they are followed by the machine. */
export function writePart(name, lines) {
  const text = readFileSync(page, 'utf8');
  const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const part = [start, ...lines, '', `Machine: ${describeMachine()}.`, end].join('\n');
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  const written =
    from < 0 || to < 0
      ? `${text.trimEnd()}\n\n${part}\n`
      : text.slice(0, from) + part + text.slice(to + end.length);
  writeFileSync(page, written);
}
