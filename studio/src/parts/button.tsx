import type { ButtonHTMLAttributes } from 'react';
import { Icon, type IconName } from './icon.tsx';

const looks = {
  main: 'bg-accent text-on-accent font-semibold hover:brightness-110 disabled:bg-line disabled:text-quiet disabled:brightness-100 px-5 py-2.5',
  plain: 'border border-line bg-raised hover:border-quiet px-3.5 py-1.5 disabled:text-quiet',
  quiet: 'hover:bg-wash px-2.5 py-1.5 text-quiet hover:text-ink',
  bad: 'border border-line bg-raised hover:bg-bad-wash px-3.5 py-1.5 text-bad',
};

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: keyof typeof looks;
  icon?: IconName;
  /** Said instead of words beside the icon. */
  label?: string;
}

/** A button; with `label` alone it is an icon. */
export function Button({ look = 'plain', icon, label, className = '', children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`inline-flex min-h-9 items-center justify-center gap-2 rounded-full whitespace-nowrap transition-colors ${looks[look]} ${className}`}
      {...rest}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** A link that looks like a plain button. */
export const linkLook = `inline-flex min-h-9 items-center justify-center gap-2 rounded-full transition-colors ${looks.plain}`;
