import { useMutation } from '@tanstack/react-query';
import { Failure } from '../parts/notice.tsx';
import { Segmented } from '../parts/segmented.tsx';
import { text } from '../text/index.ts';
import type { Form } from './form.ts';
import { upload } from './take-file.ts';

interface SoundFieldsProps {
  form: Pick<Form, 'audio' | 'ownSound' | 'soundPrompt' | 'musicPrompt'>;
  onChange(changes: Partial<SoundFieldsProps['form']>): void;
  /** Sound that is the point cannot be left away; its words are asked for elsewhere. */
  isMain?: boolean;
}

/** Whose sound, and which. */
export function SoundFields({ form, onChange, isMain = false }: SoundFieldsProps) {
  const { mutate, error, isPending } = useMutation({
    mutationFn: (file: File) => upload(file, file.name),
    onSuccess: (ownSound) => onChange({ ownSound }),
  });
  return (
    <div className="grid gap-2.5">
      <Segmented
        legend={isMain ? text.sound.source : text.create.sound}
        value={form.audio}
        onChange={(audio) => onChange({ audio })}
        options={[
          { value: 'ai' as const, label: text.create.soundAi },
          { value: 'own' as const, label: text.create.soundOwn },
          ...(isMain ? [] : [{ value: 'none' as const, label: text.create.soundNone }]),
        ]}
      />
      {form.audio === 'ai' && (
        <div className={isMain ? '' : 'grid grid-cols-2 gap-2'}>
          {!isMain && (
            <label className="block">
              <span className="mb-1 block text-sm text-quiet">{text.create.soundPrompt}</span>
              <input
                className="field"
                maxLength={5000}
                placeholder={text.create.soundPromptHint}
                value={form.soundPrompt}
                onChange={(event) => onChange({ soundPrompt: event.target.value })}
              />
            </label>
          )}
          <label className="block">
            <span className="mb-1 block text-sm text-quiet">{text.create.musicPrompt}</span>
            <input
              className="field"
              maxLength={5000}
              placeholder={text.create.musicHint}
              value={form.musicPrompt}
              onChange={(event) => onChange({ musicPrompt: event.target.value })}
            />
          </label>
        </div>
      )}
      {form.audio === 'own' && (
        <label className="field relative flex cursor-pointer justify-between gap-3 focus-within:border-accent">
          <span className="truncate">
            {form.ownSound?.name ?? (isPending ? text.create.uploading : text.create.chooseSound)}
          </span>
          <input
            type="file"
            accept="audio/*,video/*"
            className="absolute inset-0 cursor-pointer opacity-0"
            onChange={({ target }) => {
              const [file] = target.files ?? [];
              if (file) mutate(file);
              target.value = '';
            }}
          />
        </label>
      )}
      {error && <Failure error={error} />}
    </div>
  );
}
