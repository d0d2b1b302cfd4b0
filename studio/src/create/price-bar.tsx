import { Button } from '../parts/button.tsx';
import { text } from '../text/index.ts';

interface PriceBarProps {
  /** Of all that is asked for, in credits; undefined while it is not known. */
  credits: number | undefined;
  count: number;
  /** What the account has. */
  balance: number | undefined;
  /** What is still missing, in words. */
  missing: string | undefined;
  submit: string;
  isSending: boolean;
  onSubmit(): void;
}

/** The price and the button, always in sight. */
export function PriceBar({ credits, count, balance, missing, submit, isSending, onSubmit }: PriceBarProps) {
  const isTooFew = credits !== undefined && balance !== undefined && balance < credits;
  const rest = credits !== undefined && balance !== undefined ? balance - credits : undefined;
  return (
    <div className="sticky bottom-0 z-10 -mx-4 flex items-center justify-between gap-4 border-t border-line bg-raised/95 px-4 py-3 backdrop-blur sm:-mx-5 rounded-b-2xl sm:px-5">
      <p className="leading-tight" role="status">
        <span data-testid="price" className="block text-lg font-semibold tabular-nums">
          {credits === undefined ? (missing ? '–' : '…') : text.create.price(credits)}
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
  );
}
