import { type DragEvent, type FormEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { text } from '../text/index.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

interface DropZoneProps {
  accept: string;
  words: string;
  choose: string;
  hint: string;
  urlLabel: string;
  urlHint: string;
  isBusy: boolean;
  onFile(file: File): void;
  onUrl(url: string): void;
  children?: ReactNode;
}

const firstFile = (transfer: DataTransfer | null): File | undefined => transfer?.files[0];

/** Where a file comes in: dropped, pasted anywhere on the page, chosen, or named by its address. */
export function DropZone(props: DropZoneProps) {
  const { accept, words, choose, hint, urlLabel, urlHint, isBusy, onFile, onUrl, children } = props;
  const [isOver, setOver] = useState(false);
  const [url, setUrl] = useState('');
  const id = useId();

  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const file = firstFile(event.clipboardData);
      if (!file) return;
      event.preventDefault();
      onFile(file);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [onFile]);

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = firstFile(event.dataTransfer);
    const link = event.dataTransfer.getData('text/uri-list');
    if (file) onFile(file);
    else if (link) onUrl(link);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onUrl(url.trim());
    setUrl('');
  };
  return (
    <div className="grid gap-2.5">
      <fieldset
        data-testid="drop"
        onDrop={drop}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        className={`relative grid min-h-36 place-content-center justify-items-center gap-1 rounded-xl border border-dashed px-5 py-6 text-center transition-colors focus-within:border-accent ${isOver ? 'border-accent bg-wash' : 'border-quiet/60 bg-sunken/50'}`}
      >
        <Icon name="picture" className="size-8! text-quiet" />
        <label htmlFor={id} className="block">
          {isBusy ? text.create.uploading : words}{' '}
          {!isBusy && (
            <span className="font-medium whitespace-nowrap text-accent underline underline-offset-2">
              {choose}
            </span>
          )}
        </label>
        <input
          id={id}
          type="file"
          accept={accept}
          className="absolute inset-0 cursor-pointer opacity-0"
          disabled={isBusy}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) onFile(file);
            target.value = '';
          }}
        />
        <span className="text-sm text-quiet">{hint}</span>
      </fieldset>
      <form onSubmit={submit} className="flex gap-2">
        <input
          type="url"
          required
          pattern="https?://.+"
          aria-label={urlLabel}
          placeholder={urlHint}
          className="field"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
        <Button type="submit" disabled={!url.trim()}>
          {text.create.useUrl}
        </Button>
      </form>
      {children}
    </div>
  );
}
