import { type FormEvent, type ReactNode, useId, useState } from 'react';
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
  /** Whether something is held over it. */
  isOver: boolean;
  onFile(file: File): void;
  onUrl(url: string): void;
  children?: ReactNode;
}

/** Where a file comes in: chosen, named by its address, or, where {@link useIncoming} listens, dropped or pasted. */
export function DropZone(props: DropZoneProps) {
  const { accept, words, choose, hint, urlLabel, urlHint, isBusy, isOver, onFile, onUrl, children } = props;
  const [url, setUrl] = useState('');
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onUrl(url.trim());
    setUrl('');
  };
  return (
    <div className="grid gap-2.5">
      <fieldset
        data-testid="drop"
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
