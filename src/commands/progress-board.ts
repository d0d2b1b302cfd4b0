/** Shows on a terminal how jobs go; on anything else it stays silent. */
export interface ProgressBoard {
  /** A job is so many percent done, and what is being done. */
  update(name: string, percent: number, stage: string): void;
  /** A job has ended. The board is taken away, for what is then printed; the next update draws it again. */
  finish(name: string): void;
  /** Takes the board away. */
  clear(): void;
}

const CELLS = 28;
/** Longer names lose their beginning. */
const MOST_NAME = 24;

/**
 * A bar for each job that runs and, of several, a line that counts; on standard error, so that standard output stays clean
 * for pipes.
 */
export function createProgressBoard(
  count: number,
  stream: NodeJS.WriteStream = process.stderr,
): ProgressBoard {
  if (!stream.isTTY) return { update: () => {}, finish: () => {}, clear: () => {} };
  const running = new Map<string, { percent: number; stage: string }>();
  let ended = 0;
  let drawn = 0;

  function clear(): void {
    // Back to the first line of the board, and away with everything below.
    if (drawn > 0) stream.write(`\r${drawn > 1 ? `\x1b[${drawn - 1}A` : ''}\x1b[J`);
    drawn = 0;
  }

  return {
    clear,
    update(name, percent, stage) {
      running.set(name, { percent, stage });
      const width = Math.min(MOST_NAME, Math.max(...[...running.keys()].map((key) => key.length)));
      const lines = [...running].map(
        ([key, { percent: done, stage: doing }]) =>
          `${count > 1 ? `${shorten(key).padEnd(width)}  ` : ''}${drawBar(done)} ${String(done).padStart(3)} %  ${doing}`,
      );
      if (count > 1) lines.push(`${ended} of ${count} done`);
      clear();
      stream.write(lines.join('\n'));
      drawn = lines.length;
    },
    finish(name) {
      running.delete(name);
      ended++;
      clear();
    },
  };
}

function drawBar(percent: number): string {
  const filled = Math.round((percent / 100) * CELLS);
  const rest = CELLS - filled;
  const isPlain = (process.env.NO_COLOR ?? '') !== '';
  return '━'.repeat(filled) + (isPlain ? ' '.repeat(rest) : `\x1b[2m${'━'.repeat(rest)}\x1b[0m`);
}

function shorten(name: string): string {
  return name.length > MOST_NAME ? `…${name.slice(1 - MOST_NAME)}` : name;
}
