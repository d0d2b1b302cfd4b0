import { useEffect, useState } from 'react';

/** What marks the part of a page onto which links can be dropped. */
export const dropTarget = { 'data-drop': '' };

/**
 * Hears of what is dropped or pasted: a file anywhere on the page, where a browser would leave the page for it, and a
 * link, such as a video of the library, on what is marked with {@link dropTarget}.
 * @returns whether something is held over the page
 */
export function useIncoming(onFile: (file: File) => void, onUrl: (url: string) => void): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const listening = new AbortController();
    const listen = <Name extends keyof DocumentEventMap>(
      name: Name,
      listener: (event: DocumentEventMap[Name]) => void,
    ) => document.addEventListener(name, listener, { signal: listening.signal });

    const isTarget = ({ target }: Event) =>
      target instanceof Element && target.closest('[data-drop]') !== null;
    const isTaken = (event: DragEvent) => event.dataTransfer?.types.includes('Files') || isTarget(event);
    listen('dragover', (event) => {
      setOver(Boolean(isTaken(event)));
      if (isTaken(event)) event.preventDefault();
    });
    listen('dragleave', ({ relatedTarget }) => {
      if (!relatedTarget) setOver(false);
    });
    listen('drop', (event) => {
      setOver(false);
      const file = event.dataTransfer?.files[0];
      const link = isTarget(event) ? event.dataTransfer?.getData('text/uri-list').split(/\r?\n/)[0] : '';
      if (!file && !link) return;
      event.preventDefault();
      if (file) onFile(file);
      else if (link) onUrl(link);
    });
    listen('paste', (event) => {
      const file = event.clipboardData?.files[0];
      if (!file) return;
      event.preventDefault();
      onFile(file);
    });
    return () => listening.abort();
  }, [onFile, onUrl]);
  return isOver;
}
