import { localUrl } from '../media/local-url.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { text } from '../text/index.ts';
import type { Source } from './form.ts';

interface PictureSlotProps {
  title: string;
  source: Source;
  onRemove(): void;
  isSmall?: boolean;
}

/** A picture that was chosen. One of another server is not loaded here; its address stands for it. */
export function PictureSlot({ title, source, onRemove, isSmall = false }: PictureSlotProps) {
  const local = localUrl(source.url);
  return (
    <figure className="arrive relative min-w-0 flex-1 overflow-hidden rounded-xl bg-sunken">
      {local ? (
        <img
          src={local}
          alt={`${title}: ${source.name}`}
          className={`w-full object-cover ${isSmall ? 'h-32' : 'h-52'}`}
        />
      ) : (
        <div className={`grid place-items-center gap-1 p-4 text-center ${isSmall ? 'h-32' : 'h-52'}`}>
          <Icon name="link" className="text-quiet" />
          <span className="max-w-full truncate font-medium">{new URL(source.url).host}</span>
          <span className="text-sm text-quiet">{text.create.remote}</span>
        </div>
      )}
      <figcaption className="absolute bottom-2 left-2 max-w-[80%] truncate rounded-full bg-shade/75 px-2.5 py-0.5 text-sm text-white">
        {title}
      </figcaption>
      <Button
        icon="close"
        label={text.create.remove(title)}
        className="absolute! top-2 right-2 size-9 bg-shade/75! p-0! text-white border-transparent!"
        onClick={onRemove}
      />
    </figure>
  );
}
