// SPDX-License-Identifier: Apache-2.0
// The licences of what the built page contains, as one file beside it: several of them ask for that.
import { readFileSync, readdirSync } from 'node:fs';
import type { Plugin } from 'vite';

const inPage = ['maplibre-gl', 'svelte', 'geographiclib-geodesic', '@fontsource/b612'];

function licenceOf(name: string): string {
  const folder = new URL(`./node_modules/${name}/`, import.meta.url);
  const { version, license } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as {
    version: string;
    license: string;
  };
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} has no licence file`);
  return `${name} ${version} (${license})\n\n${readFileSync(new URL(file, folder), 'utf8').trim()}\n`;
}

export function licences(): Plugin {
  return {
    name: 'licences',
    apply: 'build',
    generateBundle() {
      const rule = `\n${'-'.repeat(78)}\n\n`;
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: inPage.map(licenceOf).join(rule) });
    },
  };
}
