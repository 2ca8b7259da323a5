/** Mantine's own settings. Its colours come from `colors.css`, so that one file decides all of them. */
import { createTheme } from '@mantine/core';

export const theme = createTheme({ defaultRadius: 'sm', respectReducedMotion: true, cursorType: 'pointer' });
