/** Changes between the light and the dark theme. */
import { Button, useMantineColorScheme } from '@mantine/core';
import { texts } from '../store/texts.ts';

export function ThemeButton() {
  // Keeping transitions: to hold them back Mantine writes a style element, which the page's policy refuses.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const dark = colorScheme === 'dark';
  return (
    <Button
      size="xs"
      variant="default"
      className="header-theme"
      aria-label={dark ? texts.theme.toLight : texts.theme.toDark}
      onClick={() => setColorScheme(dark ? 'light' : 'dark')}
    >
      {dark ? texts.theme.light : texts.theme.dark}
    </Button>
  );
}
