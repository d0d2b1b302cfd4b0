/**
 * A URL of this server's as this page can load it: a server goes by several names, and the page's policy allows only
 * the one it came from. Undefined for files of other servers, which are never loaded here.
 */
export function localUrl(url: string | null | undefined): string | undefined {
  if (!url || !URL.canParse(url, location.href)) return undefined;
  const { pathname } = new URL(url, location.href);
  return /^\/(files|samples)\//.test(pathname) ? pathname : undefined;
}

/** The id of the task whose page an address leads to; undefined for every other address. */
export function taskIdOf(url: string): string | undefined {
  if (!URL.canParse(url, location.href)) return undefined;
  const { origin, pathname } = new URL(url, location.href);
  return origin === location.origin ? /^\/task\/([0-9a-f]{24})$/.exec(pathname)?.[1] : undefined;
}
