import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { text } from '../text/index.ts';
import { chooseTheme, readTheme } from './theme.ts';

/** Goes to the other theme. */
export function ThemeButton() {
  const [theme, setTheme] = useState(readTheme);
  const isDark = theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
  const next = isDark ? 'light' : 'dark';
  return (
    <Button
      look="quiet"
      icon={isDark ? 'sun' : 'moon'}
      label={isDark ? text.shell.toLight : text.shell.toDark}
      onClick={() => {
        chooseTheme(next);
        setTheme(next);
      }}
    />
  );
}
