import type { Server } from 'node:http';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { FixtureServer } from './dev/server';

/** Where a running Kestrel Cloud is, for development against it; without it the made-up incidents answer. */
const cloud = process.env['KESTREL_CLOUD'];

/** What the server sends too: development finds out at once what the policy forbids. */
const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'";

export default defineConfig({
  plugins: [react(), ...(cloud === undefined ? [fixture()] : [])],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        advancedChunks: {
          groups: [
            { name: 'graph', test: /node_modules\/(@xyflow|@dagrejs|d3-)/ },
            { name: 'vendor', test: /node_modules/ },
          ],
        },
      },
    },
  },
  server: cloud === undefined ? {} : { proxy: { '/api': { target: cloud, ws: true } } },
  preview: { headers: { 'Content-Security-Policy': POLICY } },
  test: { environment: 'happy-dom', include: ['test/**/*.test.{ts,tsx}'] },
});

function fixture(): Plugin {
  const server = new FixtureServer();
  const middleware = (
    stack: { use: (handler: (req: never, res: never, next: () => void) => void) => void },
    http: Server | null,
  ) => {
    stack.use((request, response, next) => {
      void server.answer(request, response).then(answered => {
        if (!answered) next();
      });
    });
    if (http !== null) server.attach(http);
  };
  return {
    name: 'kestrel-fixture',
    configureServer: vite =>
      middleware(vite.middlewares as never, vite.httpServer as Server | null),
    configurePreviewServer: vite =>
      middleware(vite.middlewares as never, vite.httpServer as Server),
  };
}
