import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

/** What each part may import besides itself and packages. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  feed: ['domain'],
  store: ['domain', 'feed'],
  ui: ['domain'],
  views: ['domain', 'store', 'ui'],
};

/** Packages that draw or fetch have no place in the domain, the feed and the store's core. */
const PURE: Readonly<Record<string, RegExp>> = {
  domain: /^(@dagrejs\/dagre|yaml)$/,
  feed: /^$/,
  store: /^react$/,
};

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter(file => /\.tsx?$/.test(file) && file.includes('/'))
  .map(file => ({ file, part: file.split('/')[0] ?? '', imports: importsOf(file) }));

test('every folder of src is a part that is known here', () => {
  expect([...new Set(files.map(one => one.part))].sort()).toEqual(Object.keys(MAY).sort());
});

test.each(files)('$file imports in the allowed direction', ({ part, imports }) => {
  const others = imports.parts.filter(other => other !== part);
  expect(others.filter(other => MAY[part]?.includes(other) !== true)).toEqual([]);
});

test.each(files.filter(one => one.part in PURE))('$file draws nothing', ({ part, imports }) => {
  expect(imports.packages.filter(name => PURE[part]?.test(name) !== true)).toEqual([]);
});

test('only the feed asks the server', () => {
  const asking = files.filter(
    ({ file, part }) => part !== 'feed' && /\bfetch\(|new WebSocket|EventSource/.test(read(file)),
  );
  expect(asking.map(one => one.file)).toEqual([]);
});

function importsOf(file: string): { parts: string[]; packages: string[] } {
  const names = [...read(file).matchAll(/(?:from|import\(?)\s*'([^']+)'/g)].map(m => m[1] ?? '');
  return {
    parts: names
      .filter(name => name.startsWith('.'))
      .map(name => relative(SRC, join(SRC, dirname(file), name)).split('/')[0] ?? ''),
    packages: names.filter(name => !name.startsWith('.')),
  };
}

function read(file: string): string {
  return readFileSync(join(SRC, file), 'utf8');
}
