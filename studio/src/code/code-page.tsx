import { useState } from 'react';
import { useModels } from '../api/queries.ts';
import { useForm } from '../create/form.ts';
import { toBody } from '../create/to-body.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { PageHead } from '../parts/notice.tsx';
import { Segmented } from '../parts/segmented.tsx';
import { text } from '../text/index.ts';
import { programs } from './programs.ts';

type Name = keyof typeof programs;

/** What the Create page would send, as programs that run. */
export default function CodePage() {
  const form = useForm();
  const { data: models = [] } = useModels();
  const [name, setName] = useState<Name>('curl');
  const model = models.find(({ kinds }) => kinds.includes(form.kind));
  const body = toBody({ ...form, count: 1 }, model);
  const example = { image: `${location.origin}/samples/stream.jpg` };
  const isWhole = form.kind === 'text-to-video' || form.image !== null;
  const program = programs[name].write(location.origin, isWhole ? body : { ...body, ...example });
  return (
    <>
      <PageHead title={text.code.title} about={text.code.about} />
      <div className="card overflow-hidden">
        <div className="flex flex-wrap items-center justify-between gap-3 border-b border-line p-3">
          <Segmented
            legend={text.code.language}
            isBare
            value={name}
            options={(Object.keys(programs) as Name[]).map((value) => ({
              value,
              label: programs[value].title,
            }))}
            onChange={(value) => setName(value)}
          />
          <CopyButton content={program} />
        </div>
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          aria-label={programs[name].title}
          className="overflow-x-auto bg-sunken p-5 font-mono text-sm leading-relaxed"
        >
          <pre>{program}</pre>
        </section>
      </div>
      <p className="mt-4 text-quiet">{text.code.key}</p>
      <p className="mt-2 flex flex-wrap gap-5">
        <a href="/docs" className="text-accent underline underline-offset-2">
          {text.code.docs}
        </a>
        <a href="/openapi.json" className="text-accent underline underline-offset-2">
          {text.code.openapi}
        </a>
      </p>
    </>
  );
}
