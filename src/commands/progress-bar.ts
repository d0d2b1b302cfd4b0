/** Draws progress on one line of a terminal; on anything else it stays silent. */
export interface ProgressBar {
  update(percent: number, stage: string): void;
  /** Removes the line. */
  clear(): void;
}

const CELLS = 28;

/** A bar on standard error, so that standard output stays clean for pipes. */
export function createProgressBar(stream: NodeJS.WriteStream = process.stderr): ProgressBar {
  if (!stream.isTTY) return { update: () => {}, clear: () => {} };
  const colour = (process.env.NO_COLOR ?? '') === '';
  return {
    update(percent, stage) {
      const filled = Math.round((percent / 100) * CELLS);
      const bar =
        '━'.repeat(filled) + (colour ? '\x1b[2m' : '') + (colour ? '━' : ' ').repeat(CELLS - filled);
      const reset = colour ? '\x1b[0m' : '';
      stream.write(`\r\x1b[K${bar}${reset} ${String(percent).padStart(3)} %  ${stage}`);
    },
    clear: () => void stream.write('\r\x1b[K'),
  };
}
