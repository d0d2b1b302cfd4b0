import type { Output, Task } from '../api/types.ts';

const LONGEST = 48;

/** What a downloaded result is called: words of the prompt, then enough of the id to tell takes apart. */
export function fileName(task: Task, { contentType, kind }: Output): string {
  const words = task.input.prompt || task.input.soundPrompt || task.input.effect || task.kind;
  const slug = words
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');
  const extensions: Record<string, string> = {
    'video/mp4': 'mp4',
    'video/quicktime': 'mov',
    'video/webm': 'webm',
    'video/x-matroska': 'mkv',
    'audio/mpeg': 'mp3',
    'audio/wav': 'wav',
    'image/jpeg': 'jpg',
  };
  const part = kind === 'video' ? '' : `-${kind}`;
  return `${slug || 'stillroar'}-${task.id.slice(-5)}${part}.${extensions[contentType] ?? 'bin'}`;
}
