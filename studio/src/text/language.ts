/** The languages of the studio by their BCP 47 tags, each as it calls itself. */
export const languages = { en: 'English', 'zh-Hans': '中文' } as const;

export type Language = keyof typeof languages;

const KEY = 'stillroar-language';
const tags = Object.keys(languages) as Language[];
const stemOf = (tag: string) => tag.split('-')[0];

/** The language that was chosen in this browser, else the first of the browser's own that the studio speaks. */
export function readLanguage(): Language {
  const wanted = [localStorage.getItem(KEY), ...navigator.languages].filter((tag) => tag !== null);
  const spoken = wanted.map((tag) => tags.find((known) => stemOf(known) === stemOf(tag)));
  return spoken.find((tag) => tag !== undefined) ?? 'en';
}

/** Keeps a choice, and shows the studio in it: its sentences are read once, when it is loaded. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
  location.reload();
}
