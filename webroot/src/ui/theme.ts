import type { MantineColorsTuple } from '@mantine/core';
import { createTheme, Modal, Popover, Tooltip } from '@mantine/core';

const kestrel: MantineColorsTuple = [
  '#eef1fe',
  '#dbe1fb',
  '#b6c2f5',
  '#8fa1f0',
  '#6e85eb',
  '#5771e6',
  '#4a66e4',
  '#3f5bd9',
  '#334bb4',
  '#2a3e94',
];

/** The library's dark greys, in the hue of ours. */
const dark: MantineColorsTuple = [
  '#e4e8ef',
  '#c3cad5',
  '#a2acba',
  '#7b8696',
  '#3a4352',
  '#2c333f',
  '#1a1f28',
  '#14181f',
  '#0d1015',
  '#090b0f',
];

/** What the component library needs to know to look like the rest; colours of our own are in theme.css. */
export const theme = createTheme({
  primaryColor: 'kestrel',
  primaryShade: { light: 7, dark: 6 },
  colors: { kestrel, dark },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  components: {
    Tooltip: Tooltip.extend({
      defaultProps: { withArrow: true, openDelay: 300, multiline: true, maw: 360 },
    }),
    Modal: Modal.extend({ styles: { title: { fontSize: '1rem', fontWeight: 640 } } }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md' } }),
  },
});
