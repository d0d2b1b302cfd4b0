import { localUrl } from '../media/local-url.ts';
import { text } from '../text/index.ts';
import { cameraNames, cameras } from './cameras.ts';
import { type Form, patchForm } from './form.ts';

/** Movements of the camera, each shown on the picture itself before it is chosen. */
export function CameraField({ camera, image }: Pick<Form, 'camera' | 'image'>) {
  const picture = localUrl(image?.url);
  return (
    <fieldset>
      <legend className="eyebrow mb-1.5">{text.create.camera}</legend>
      <div className="grid grid-cols-4 gap-2">
        {cameraNames.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={camera === name}
            data-on={camera === name}
            onClick={() => patchForm({ camera: camera === name ? null : name, without: [] })}
            className="grid gap-1 rounded-xl border border-line bg-raised p-1 pb-1.5 text-sm text-quiet transition-colors hover:border-quiet aria-pressed:border-accent aria-pressed:bg-wash aria-pressed:text-ink"
          >
            <span aria-hidden="true" className="camera-hint relative h-11 rounded-lg bg-shade">
              {picture ? (
                <img
                  src={picture}
                  alt=""
                  className={`size-full object-cover opacity-80 ${cameras[name].hint}`}
                />
              ) : (
                <i className={cameras[name].hint} />
              )}
              <svg
                aria-hidden="true"
                viewBox="0 0 24 24"
                className="absolute inset-0 m-auto size-5 fill-none stroke-white stroke-2"
              >
                <path d={cameras[name].arrow} />
              </svg>
            </span>
            {text.create.cameras[name]}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
