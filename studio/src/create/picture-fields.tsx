import { useMutation } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { Button } from '../parts/button.tsx';
import { DropZone } from '../parts/drop-zone.tsx';
import { Failure } from '../parts/notice.tsx';
import { dropTarget, useIncoming } from '../parts/use-incoming.ts';
import { text } from '../text/index.ts';
import { type Form, patchForm } from './form.ts';
import { PictureSlot } from './picture-slot.tsx';
import { Samples } from './samples.tsx';
import { takeFile, takeLink } from './take-file.ts';

/** First and, where the model can end on one, last picture. */
export function PictureFields({ form, takesLast }: { form: Form; takesLast: boolean }) {
  const lastInput = useRef<HTMLInputElement>(null);
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: ([what, slot]: [File | string, 'image' | 'lastImage']) =>
      typeof what === 'string' ? takeLink(what) : takeFile(what, slot),
  });
  const take = useCallback((what: File | string) => mutate([what, 'image']), [mutate]);
  const isOver = useIncoming(take, take);
  const { image, lastImage } = form;
  const hasLast = takesLast && lastImage !== null;
  return (
    <div {...dropTarget} className={`grid gap-2.5 rounded-xl ${isOver ? 'outline-2 outline-accent' : ''}`}>
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
          isOver={isOver}
          onFile={take}
          onUrl={take}
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
