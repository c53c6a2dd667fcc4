import { ActionIcon, Tooltip, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' } as const;
const WORDS = { auto: 'as the system', light: 'light', dark: 'dark' } as const;
const SIGNS = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon } as const;

/** Goes round: as the system has it, light, dark. Remembered by the browser. */
export function SchemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Sign = SIGNS[colorScheme];
  const words = `Colours: ${WORDS[colorScheme]}`;
  return (
    <Tooltip label={words}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={words}
        onClick={() => setColorScheme(NEXT[colorScheme])}
      >
        <Sign size={17} stroke={1.8} />
      </ActionIcon>
    </Tooltip>
  );
}
