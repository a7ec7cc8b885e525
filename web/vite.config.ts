// SPDX-License-Identifier: Apache-2.0
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { licences } from './licences.ts';

// Where `npm run dev` finds a running headland.
const headland = process.env.HEADLAND_URL ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [svelte(), licences()],
  base: './',
  build: {
    target: 'es2022',
    // The map engine is one large library; splitting it would only add a round trip.
    chunkSizeWarningLimit: 1500,
    // Everything is a file of its own: the content security policy allows no data: scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es' },
  server: { proxy: { '/ws': { target: headland, ws: true }, '/api': headland } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
