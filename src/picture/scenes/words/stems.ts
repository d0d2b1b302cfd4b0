/** The forms under which a word may stand in a lexicon: itself first, then its singular, then the verb's stem. */
export function stemsOf(word: string): string[] {
  const base = word.replace(/'s?$/, '');
  const stems = new Set([word, base]);
  if (irregular[base]) stems.add(irregular[base]);
  if (base.endsWith('ies') && base.length > 4) stems.add(`${base.slice(0, -3)}y`);
  if (/(s|x|z|ch|sh)es$/.test(base)) stems.add(base.slice(0, -2));
  if (base.endsWith('s') && !base.endsWith('ss') && base.length > 3) stems.add(base.slice(0, -1));
  return [...stems];
}

const irregular: Record<string, string> = {
  leaves: 'leaf',
  wolves: 'wolf',
  men: 'man',
  women: 'woman',
  children: 'child',
  people: 'person',
  mice: 'mouse',
  geese: 'goose',
  feet: 'foot',
  knives: 'knife',
  wives: 'wife',
  raining: 'rain',
  snowing: 'snowfall',
  storming: 'storm',
  thundering: 'thunder',
};
