import type { Plan } from '../api/types.ts';
import type { Without } from '../create/form.ts';
import { text } from '../text/index.ts';

interface Choice extends Without {
  /** What was chosen: `rain`, `dolly in`. */
  name: string;
  /** The words that chose it; empty when the director did. */
  words: string;
}

/** The words in a reason such as `prompt: "slow push in"`; empty where it is another. */
export const quoted = (why = '') => /^[\w ]*prompt: ["“](.+)["”]$/u.exec(why)?.[1] ?? '';

/** Everything that a plan holds, in the order in which it is shown. */
export function choicesOf({ picture, sound }: Plan): Choice[] {
  const seen = [
    ...(picture?.moves ?? []),
    ...(picture?.motions ?? []),
    ...(picture?.overlays ?? []),
    ...(picture?.grades ?? []),
  ].map(({ kind, direction, why }) => ({
    domain: 'picture' as const,
    name: [kind, direction]
      .filter((part) => part !== undefined)
      .map(text.plan.name)
      .join(' '),
    words: quoted(why),
  }));
  const heard = (sound?.layers ?? []).map(({ generator, why }) => ({
    domain: 'sound' as const,
    name: text.plan.name(generator),
    words: quoted(why),
  }));
  return [...seen, ...heard];
}

/** The plan without the choices that come from these words: it can be sent back. */
export function planWithout({ picture, sound }: Plan, without: readonly Without[]): Plan {
  const isOn =
    (domain: Without['domain']) =>
    ({ why }: { why: string }) =>
      !without.some((entry) => entry.domain === domain && entry.words === quoted(why));
  const [seen, heard] = [isOn('picture'), isOn('sound')];
  return {
    picture: picture
      ? {
          ...picture,
          moves: picture.moves?.filter(seen) ?? [],
          motions: picture.motions?.filter(seen) ?? [],
          overlays: picture.overlays?.filter(seen) ?? [],
          grades: picture.grades?.filter(seen) ?? [],
        }
      : null,
    sound: sound ? { ...sound, layers: sound.layers?.filter(heard) ?? [] } : null,
  };
}

interface PlanChipsProps {
  plan: Plan;
  without: readonly Without[];
  /** Called with what is switched off from now on. */
  onChange(without: Without[]): void;
}

const isSame = (a: Without) => (b: Without) => a.domain === b.domain && a.words === b.words;

/** What was chosen and from which words; what words chose can be switched off. */
export function PlanChips({ plan, without, onChange }: PlanChipsProps) {
  const choices = choicesOf(plan);
  return (
    <div className="grid gap-2.5">
      {(['picture', 'sound'] as const).map((domain) => {
        const here = choices.filter((choice) => choice.domain === domain);
        const gone = without
          .filter((entry) => entry.domain === domain && !here.some(isSame(entry)))
          .map((entry) => ({ ...entry, name: entry.words }));
        const all = [...here, ...gone];
        if (all.length === 0) return null;
        return (
          <div key={domain} className="grid grid-cols-[3.5rem_1fr] items-baseline">
            <span className="text-sm text-quiet">{text.plan[domain]}</span>
            <div className="flex flex-wrap gap-1.5">
              {all.map((choice, index) => (
                <Chip
                  // The same words can choose two things.
                  // biome-ignore lint/suspicious/noArrayIndexKey: the list is drawn anew as a whole
                  key={index}
                  choice={choice}
                  isOff={without.some(isSame(choice))}
                  onToggle={(isOff) =>
                    onChange(
                      isOff
                        ? without.filter((entry) => !isSame(choice)(entry))
                        : [...without, { domain, words: choice.words }],
                    )
                  }
                />
              ))}
            </div>
          </div>
        );
      })}
    </div>
  );
}

interface ChipProps {
  choice: Choice;
  isOff: boolean;
  onToggle(isOff: boolean): void;
}

function Chip({ choice: { name, words }, isOff, onToggle }: ChipProps) {
  const look = 'inline-flex min-h-8 items-center gap-1.5 rounded-full border px-3 py-0.5 text-sm';
  const from = words && words !== name ? text.plan.from(words) : '';
  if (!words) {
    return (
      <span className={`${look} border-dashed border-line text-quiet`} title={text.plan.ownChoice}>
        {name}
      </span>
    );
  }
  return (
    <button
      type="button"
      aria-pressed={!isOff}
      onClick={() => onToggle(isOff)}
      className={`${look} border-line bg-wash transition-colors hover:border-accent aria-[pressed=false]:bg-transparent aria-[pressed=false]:line-through aria-[pressed=false]:text-quiet`}
    >
      <span className="font-medium">{name}</span>
      {from && <span className="text-quiet">{from}</span>}
    </button>
  );
}
