import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/notice.tsx';
import { text } from '../text/index.ts';

interface PriceBarProps {
  /** Of all that is asked for, in credits; undefined while it is not known. */
  credits: number | undefined;
  /** Whether the server is being asked for it. */
  isAsking: boolean;
  count: number;
  /** What the account has. */
  balance: number | undefined;
  /** What is still missing, in words. */
  missing: string | undefined;
  submit: string;
  isSending: boolean;
  /** What stands against it. */
  errors: (Error | null)[];
  onSubmit(): void;
}

/** The price, the button and what stands against it, always in sight. */
export function PriceBar(props: PriceBarProps) {
  const { credits, isAsking, count, balance, missing, submit, isSending, errors, onSubmit } = props;
  const said = new Map(errors.flatMap((error) => (error ? [[error.message, error]] : [])));
  const isTooFew = credits !== undefined && balance !== undefined && balance < credits;
  const rest = credits !== undefined && balance !== undefined ? balance - credits : undefined;
  return (
    <div className="sticky bottom-0 z-10 -mx-4 grid gap-3 border-t border-line bg-raised/95 px-4 py-3 backdrop-blur sm:-mx-5 rounded-b-2xl sm:px-5">
      {[...said].map(([message, error]) => (
        <Failure key={message} error={error} />
      ))}
      <div className="flex items-center justify-between gap-4">
        <p className="leading-tight" role="status">
          <span data-testid="price" className="block text-lg font-semibold tabular-nums">
            {credits !== undefined ? text.create.price(credits) : isAsking ? '…' : '–'}
          </span>
          <span className={`text-sm tabular-nums ${isTooFew ? 'text-bad' : 'text-quiet'}`}>
            {isTooFew
              ? text.create.tooFew(balance)
              : count > 1 && credits !== undefined
                ? text.create.priceOf(count, credits / count)
                : rest !== undefined && text.create.left(rest)}
          </span>
        </p>
        <Button look="main" disabled={missing !== undefined || isTooFew || isSending} onClick={onSubmit}>
          {isSending ? text.create.sending : (missing ?? submit)}
        </Button>
      </div>
    </div>
  );
}
