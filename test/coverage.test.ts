import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import {
  batchItemTable,
  batchReplyTable,
  createReplyTable,
  deletionItemTable,
  deletionReplyTable,
  effectsReplyTable,
  effectTable,
  resultTable,
  soundReplyTable,
} from './contract/akool-tables.ts';

// docs/coverage.md says which test covers which row of Akool's page; here it is held to its word.

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
const manual = read('docs/coverage.md');

interface Row {
  section: string;
  name: string;
  cell: string;
}

const rows: Row[] = manual.split('\n## ').flatMap((part) => {
  const section = part.split('\n')[0]!;
  return [...part.matchAll(/^\| `([^`]+)` \| [^|]* \| (.*) \|$/gm)].map(([, name, cell]) => ({
    section,
    name: name!,
    cell: cell!,
  }));
});

/** The tests that a cell names: a file, and the names of its describe and its test. */
function testsOf(cell: string): { file: string; names: string[]; isPending: boolean }[] {
  return [...cell.matchAll(/(pending: )?`([^`]+\.test\.ts)` › ((?:[^;]|;(?! its value| rendered))+)/g)].map(
    ([, pending, file, names]) => ({
      file: file!,
      names: names!.trim().split(' › '),
      isPending: pending !== undefined,
    }),
  );
}

test('every row names a test, and every test that is named exists', () => {
  const offences: string[] = [];
  for (const { section, name, cell } of rows) {
    const named = testsOf(cell);
    if (named.length === 0) offences.push(`${section}: ${name} names no test`);
    for (const { file, names, isPending } of named) {
      const source = read(file);
      const last = names.at(-1)!;
      const isThere = isPending ? source.includes(`test.todo('${last}'`) : source.includes(`test('${last}'`);
      const isGrouped = names.slice(0, -1).every((group) => source.includes(`describe('${group}'`));
      if (!isThere || !isGrouped) offences.push(`${section}: ${name}: ${file} has no "${names.join(' › ')}"`);
    }
  }
  const pending = rows.filter(({ cell }) => cell.startsWith('pending')).length;
  console.log(`${rows.length} rows of the page, ${pending} pending`);
  expect(offences).toEqual([]);
  expect(rows.length).toBeGreaterThan(150);
});

test('every field of the published answers has its row', () => {
  const sections: [object, string][] = [
    [createReplyTable, 'createBySourcePrompt, answer'],
    [batchReplyTable, 'createBySourcePrompt/batch, answer'],
    [batchItemTable, 'createBySourcePrompt/batch, successList item'],
    [resultTable, 'resultsByIds, result item'],
    [effectsReplyTable, 'effects, answer'],
    [effectTable, 'effects, result item'],
    [soundReplyTable, 'updateVideoAudio, answer'],
    [deletionReplyTable, 'delbyids, answer'],
    [deletionItemTable, 'delbyids, noPermissionItems item'],
  ];
  for (const [table, section] of sections) {
    const named = rows.filter((row) => row.section === section).map(({ name }) => name);
    expect(named, section).toEqual(expect.arrayContaining(Object.keys(table)));
  }
});
