import { text } from '../text/index.ts';
import { patchForm } from './form.ts';

const names = ['stream', 'sunset', 'dandelions', 'dogs'] as const;

/** Where they stand: in the form on narrow screens, beside it, or alone with the screen. */
const sizes = {
  small: { section: 'lg:hidden', grid: 'gap-2', picture: 'aspect-square w-full' },
  plain: { section: 'mt-8', grid: 'gap-3', picture: 'aspect-[3/4] w-full' },
  tall: {
    section: 'mt-10 flex flex-1 flex-col',
    grid: 'flex-1 gap-4',
    picture: 'absolute inset-0 size-full',
  },
};

/** Pictures to begin with, each with words that suit it; small ones without their names. */
export function Samples({ size }: { size: keyof typeof sizes }) {
  const look = sizes[size];
  const take = (name: (typeof names)[number]) =>
    patchForm({
      kind: 'image-to-video',
      image: { url: `${location.origin}/samples/${name}.jpg`, name: text.create.sampleNames[name] },
      prompt: text.create.sampleWords[name],
      camera: 'in',
      without: [],
    });
  return (
    <section aria-label={text.create.samples} className={look.section}>
      <h2 className="eyebrow mb-3 font-sans">{text.create.samples}</h2>
      <div className={`grid grid-cols-4 ${look.grid}`}>
        {names.map((name) => (
          <button
            key={name}
            type="button"
            onClick={() => take(name)}
            className="group relative overflow-hidden rounded-xl bg-shade/10 text-left"
          >
            <img
              src={`/samples/${name}.jpg`}
              alt=""
              className={`${look.picture} object-cover transition-transform duration-700 group-hover:scale-105 motion-reduce:transition-none`}
            />
            <span
              className={
                size === 'small'
                  ? 'sr-only'
                  : 'absolute inset-x-0 bottom-0 bg-gradient-to-t from-shade/85 to-transparent px-3 pt-8 pb-2.5 font-serif text-white'
              }
            >
              {text.create.sampleNames[name]}
            </span>
          </button>
        ))}
      </div>
    </section>
  );
}
