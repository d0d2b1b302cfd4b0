/** Prints rows in columns below their names; numbers stand at the right. Where there are none, it says so on stderr. */
export function printTable(rows: readonly Record<string, string | number | boolean>[]): void {
  const [first] = rows;
  if (!first) {
    console.error('There are none.');
    return;
  }
  const columns = Object.keys(first).map((name) => {
    const cells = [name, ...rows.map((row) => String(row[name]))];
    const width = Math.max(...cells.map(({ length }) => length));
    const isNumeric = typeof first[name] === 'number';
    return cells.map((cell) => (isNumeric ? cell.padStart(width) : cell.padEnd(width)));
  });
  const lines = [first, ...rows].map((_, index) => columns.map((cells) => cells[index]).join('  '));
  console.log(lines.map((line) => line.trimEnd()).join('\n'));
}
