import type { Server } from 'node:http';
import react from '@vitejs/plugin-react';
import type { Connect, Plugin } from 'vite';
import { runnerImport } from 'vite';
import { defineConfig } from 'vitest/config';
import { POLICY } from './dev/policy.ts';
import type * as fixtures from './dev/server';

/** Where a running Kestrel Cloud is, for development against it; without it the made-up incidents answer. */
const cloud = process.env['KESTREL_CLOUD'];

export default defineConfig({
  plugins: [react(), ...(cloud === undefined ? [fixture()] : [])],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: {
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
  test: { include: ['test/**/*.test.ts'], testTimeout: 20_000, hookTimeout: 60_000 },
});

/** Lets the made-up incidents of `dev/` answer what belongs to the API. */
function fixture(): Plugin {
  const serve = async (stack: Connect.Server, http: Server | null) => {
    const { module } = await runnerImport<typeof fixtures>('./dev/server.ts');
    const server = new module.FixtureServer();
    stack.use((request, response, next) => {
      void server.answer(request, response).then(answered => {
        if (!answered) next();
      });
    });
    if (http !== null) server.attach(http);
  };
  return {
    name: 'kestrel-fixture',
    configureServer: vite => serve(vite.middlewares, vite.httpServer as Server | null),
    configurePreviewServer: vite => serve(vite.middlewares, vite.httpServer as Server),
  };
}
