import { useEffect, useState } from 'react';
import { text } from '../text/index.ts';
import { Button } from './button.tsx';

const SHOWN = 1_500;

/** Puts a text on the clipboard. */
export function CopyButton({ content }: { content: string }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <Button
      icon={isCopied ? 'check' : 'copy'}
      onClick={async () => {
        await copy(content);
        setCopied(true);
      }}
    >
      {isCopied ? text.code.copied : text.code.copy}
    </Button>
  );
}

/** Browsers give a page the clipboard only over HTTPS or on the machine itself; elsewhere a selection serves. */
async function copy(content: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(content);
  const field = document.createElement('textarea');
  field.value = content;
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}
