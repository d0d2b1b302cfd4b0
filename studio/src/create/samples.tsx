import { text } from '../text/index.ts';
import { patchForm } from './form.ts';

const names = ['stream', 'sunset', 'dandelions', 'dogs'] as const;

/** Pictures to begin with, each with words that suit it; small ones without their names. */
export function Samples({ isSmall = false }: { isSmall?: boolean }) {
  const take = (name: (typeof names)[number]) =>
    patchForm({
      kind: 'image-to-video',
      image: { url: `${location.origin}/samples/${name}.jpg`, name: text.create.sampleNames[name] },
      prompt: text.create.sampleWords[name],
      camera: 'in',
      without: [],
    });
  return (
    <section aria-label={text.create.samples} className={isSmall ? 'lg:hidden' : 'mt-8'}>
      <h2 className="eyebrow mb-3 font-sans">{text.create.samples}</h2>
      <div className={`grid grid-cols-4 ${isSmall ? 'gap-2' : 'gap-3'}`}>
        {names.map((name) => (
          <button
            key={name}
            type="button"
            onClick={() => take(name)}
            className="group relative overflow-hidden rounded-xl text-left"
          >
            <img
              src={`/samples/${name}.jpg`}
              alt=""
              className={`${isSmall ? 'aspect-square' : 'aspect-[3/4]'} w-full object-cover transition-transform duration-700 group-hover:scale-105 motion-reduce:transition-none`}
            />
            <span
              className={
                isSmall
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
