/** A word of a prompt. */
export interface Word {
  /** As written, in lower case. */
  text: string;
  /** Without its ending: `crashes` and `crashing` are `crash`. */
  stem: string;
  /** Counts the parts of the text between commas, full stops and "but". */
  clause: number;
}

/** Forms whose stem cannot be found by rule. */
const irregular = new Map(
  Object.entries({
    leaves: 'leaf',
    hooves: 'hoof',
    knives: 'knife',
    men: 'man',
    women: 'woman',
    children: 'child',
    feet: 'foot',
    blew: 'blow',
    blown: 'blow',
    ran: 'run',
    sang: 'sing',
    sung: 'sing',
    broke: 'break',
    broken: 'break',
    struck: 'strike',
    fell: 'fall',
    flew: 'fly',
    spoke: 'speak',
    going: 'go',
    during: 'during',
    evening: 'evening',
    morning: 'morning',
    nothing: 'nothing',
    string: 'string',
    strings: 'string',
    spring: 'spring',
  }),
);

/** Cuts the common endings of English off; both sides of a comparison must go through it. */
export function stem(word: string): string {
  const known = irregular.get(word);
  if (known !== undefined) return known;
  if (word.length > 5 && word.endsWith('ing')) return bare(undouble(word.slice(0, -3)));
  if (word.length > 4 && word.endsWith('ied')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && word.endsWith('ed')) return bare(undouble(word.slice(0, -2)));
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(sh|ch|x|ss|z)es$/.test(word)) return bare(word.slice(0, -2));
  if (word.length > 3 && word.endsWith('s') && !/(ss|us|is)$/.test(word)) return bare(word.slice(0, -1));
  if (word.length > 5 && word.endsWith('ily')) return `${word.slice(0, -3)}y`;
  if (word.length > 5 && word.endsWith('ly')) return bare(word.slice(0, -2));
  return bare(word);
}

function undouble(word: string): string {
  return /([^lszaeiou])\1$/.test(word) ? word.slice(0, -1) : word;
}

function bare(word: string): string {
  if (word.length > 3 && word.endsWith('e')) return word.slice(0, -1);
  return word;
}

/** Stems of a phrase, joined by hyphens, as the phrase tables index them. */
export function phraseKey(phrase: string): string {
  return phrase.split('-').map(stem).join('-');
}

/** The words of a text in order. Hyphens part words; apostrophes go with what follows ("bird's" is "bird"). */
export function readWords(text: string): Word[] {
  const words: Word[] = [];
  let clause = 0;
  for (const [match] of text.toLowerCase().matchAll(/[\p{L}][\p{L}’']*|[.,;:!?\n]+/gu)) {
    if (!/^\p{L}/u.test(match) || match === 'but') {
      clause++;
      continue;
    }
    const text = /n['’]t$/.test(match) ? 'not' : match.replace(/['’].*$/, '');
    if (text !== '') words.push({ text, stem: stem(text), clause });
  }
  return words;
}
