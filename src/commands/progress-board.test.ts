import { afterEach, expect, test, vi } from 'vitest';
import { createProgressBoard } from './progress-board.ts';

afterEach(() => vi.unstubAllEnvs());

/** A terminal that keeps what is written to it, and shows what a person sees at the end. */
function createTerminal(isTTY = true) {
  let written = '';
  const stream = { isTTY, write: (text: string) => (written += text) } as unknown as NodeJS.WriteStream;
  return {
    stream,
    written: () => written,
    screen(): string[] {
      const lines = [''];
      let row = 0;
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what moves the cursor.
      for (const [piece, up] of written.matchAll(/\x1b\[(\d*)[AJ]|\x1b\[\d*m|\r|\n|[^\x1b\r\n]+/g)) {
        if (piece.endsWith('A')) row -= Number(up);
        else if (piece === '\x1b[J') lines.splice(row, lines.length, '');
        else if (piece === '\n') lines[++row] ??= '';
        else if (piece !== '\r' && !piece.startsWith('\x1b')) lines[row] += piece;
      }
      return lines;
    },
  };
}

test('a single job is one line, drawn over and taken away', () => {
  const { stream, screen } = createTerminal();
  const board = createProgressBoard(1, stream);
  board.update('beach.jpg', 0, 'starting');
  board.update('beach.jpg', 50, 'rendering');
  expect(screen()).toEqual([`${'━'.repeat(28)}  50 %  rendering`]);
  board.clear();
  expect(screen()).toEqual(['']);
});

test('of several each that runs has its line, and one counts', () => {
  vi.stubEnv('NO_COLOR', '1');
  const { stream, screen } = createTerminal();
  const board = createProgressBoard(3, stream);
  board.update('beach.jpg', 25, 'rendering');
  board.update('a-name-that-is-really-too-long.jpg', 0, 'fetching');
  console.log(screen().join('\n'));
  expect(screen()).toEqual([
    `beach.jpg                 ${'━'.repeat(7)}${' '.repeat(21)}  25 %  rendering`,
    `…-is-really-too-long.jpg  ${' '.repeat(28)}   0 %  fetching`,
    '0 of 3 done',
  ]);
  board.finish('beach.jpg');
  expect(screen()).toEqual(['']);
  board.update('city.jpg', 100, 'encoding');
  expect(screen().at(-1)).toBe('1 of 3 done');
});

test('in a pipe nothing is drawn, and NO_COLOR takes the colour away', () => {
  const pipe = createTerminal(false);
  createProgressBoard(2, pipe.stream).update('beach.jpg', 50, 'rendering');
  expect(pipe.written()).toBe('');
  const coloured = createTerminal();
  createProgressBoard(1, coloured.stream).update('x', 50, 'rendering');
  expect(coloured.written()).toContain('\x1b[2m');
  vi.stubEnv('NO_COLOR', '1');
  const plain = createTerminal();
  createProgressBoard(1, plain.stream).update('x', 50, 'rendering');
  expect(plain.written()).not.toContain('\x1b[2m');
});
