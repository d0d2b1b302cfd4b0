/** One word of a prompt. */
export interface Token {
  /** Lower case, with straight apostrophes: `don't`. */
  word: string;
  /** Where it stands in the prompt: `text.slice(start, end)`. */
  start: number;
  end: number;
  /** Words between two marks of any kind share a clause; words between two full stops share a sentence. */
  clause: number;
  sentence: number;
}

/** Splits a prompt into words. Hyphens separate: `push-in` is two words of one clause. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let clause = 0;
  let sentence = 0;
  let last = 0;
  for (const match of text.matchAll(/[\p{L}\d]+(?:['’]\p{L}+)*/gu)) {
    const gap = text.slice(last, match.index);
    if (/[.!?;\n]/.test(gap)) sentence++;
    if (/[^\s'"’“”‘*-]|\n|\s-\s/.test(gap)) clause++;
    last = match.index + match[0].length;
    const word = match[0].toLowerCase().replaceAll('’', "'");
    tokens.push({ word, start: match.index, end: last, clause, sentence });
  }
  return tokens;
}

/** The words of the clause that the token at `index` stands in, as positions [first, end). */
export function clauseBounds(tokens: Token[], index: number): [first: number, end: number] {
  const { clause } = tokens[index]!;
  let first = index;
  while (tokens[first - 1]?.clause === clause) first--;
  let end = index + 1;
  while (tokens[end]?.clause === clause) end++;
  return [first, end];
}
