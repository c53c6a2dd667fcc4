import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { router } from './routes';
import type { Kestrel } from './store/kestrel';
import { KestrelProvider } from './store/react';
import { theme } from './ui/theme';

/** The whole dashboard around one store. */
export function App({ kestrel }: { readonly kestrel: Kestrel }) {
  const [routes] = useState(router);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Notifications position="bottom-right" autoClose={6000} limit={4} />
      <KestrelProvider value={kestrel}>
        <RouterProvider router={routes} />
      </KestrelProvider>
    </MantineProvider>
  );
}
