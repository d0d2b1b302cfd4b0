import { useMutation } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { Button } from '../parts/button.tsx';
import { DropZone } from '../parts/drop-zone.tsx';
import { Failure } from '../parts/notice.tsx';
import { text } from '../text/index.ts';
import { type Form, nameOf, patchForm } from './form.ts';
import { PictureSlot } from './picture-slot.tsx';
import { Samples } from './samples.tsx';
import { takeFile } from './take-file.ts';

/** First and, where the model can end on one, last picture. */
export function PictureFields({ form, takesLast }: { form: Form; takesLast: boolean }) {
  const lastInput = useRef<HTMLInputElement>(null);
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: ([file, slot]: [File, 'image' | 'lastImage']) => takeFile(file, slot),
  });
  const onFile = useCallback((file: File) => mutate([file, 'image']), [mutate]);
  const { image, lastImage } = form;
  const hasLast = takesLast && lastImage !== null;
  return (
    <div className="grid gap-2.5">
      {image ? (
        <>
          <div className="flex items-center gap-2">
            <PictureSlot
              title={hasLast ? text.create.firstPicture : text.create.picture}
              source={image}
              isSmall={hasLast}
              onRemove={() => patchForm({ image: null })}
            />
            {hasLast && (
              <>
                <Button
                  icon="swap"
                  look="quiet"
                  label={text.create.swap}
                  onClick={() => patchForm({ image: lastImage, lastImage: image })}
                />
                <PictureSlot
                  title={text.create.lastPicture}
                  source={lastImage}
                  isSmall
                  onRemove={() => patchForm({ lastImage: null })}
                />
              </>
            )}
          </div>
          {takesLast && !lastImage && (
            <Button
              look="quiet"
              icon="onward"
              className="justify-self-start"
              onClick={() => lastInput.current?.click()}
            >
              {isPending ? text.create.uploading : text.create.addLast}
            </Button>
          )}
          <input
            ref={lastInput}
            type="file"
            accept="image/*"
            hidden
            aria-label={text.create.lastPicture}
            onChange={({ target }) => {
              const [file] = target.files ?? [];
              if (file) mutate([file, 'lastImage']);
              target.value = '';
            }}
          />
        </>
      ) : (
        <DropZone
          accept="image/*,video/mp4"
          words={text.create.drop}
          choose={text.create.choose}
          hint={text.create.dropHint}
          urlLabel={text.create.url}
          urlHint={text.create.urlHint}
          isBusy={isPending}
          onFile={onFile}
          onUrl={(url) => patchForm({ image: { url, name: nameOf(url) } })}
        >
          <Samples size="small" />
        </DropZone>
      )}
      {error && <Failure error={error} />}
      {data && (
        <p role="status" className="rounded-xl bg-wash px-4 py-2.5">
          {data}
        </p>
      )}
    </div>
  );
}
