import { describe, expect, test } from 'vitest';
import { importsOf, sources, target, type Source } from '../support/sources.ts';

type Layer =
  | 'domain'
  | 'tables'
  | 'crypto'
  | 'protocol'
  | 'store'
  | 'sync'
  | 'session'
  | 'pwa'
  | 'ui'
  | 'messages'
  | 'routes'
  | 'service-worker'
  | 'sync-server';

interface Allowed {
  /** Layers whose code may be used. */
  readonly uses: readonly Layer[];
  /** Layers of which only types may be used. */
  readonly types?: readonly Layer[];
  readonly packages: readonly string[];
}

/** The arrows of the house: what each layer may import besides itself. What is not listed is not allowed. */
const arrows: Readonly<Record<Exclude<Layer, 'messages'>, Allowed>> = {
  domain: { uses: [], packages: [] },
  tables: { uses: ['domain'], packages: ['papaparse'] },
  crypto: { uses: [], types: ['domain'], packages: ['bcryptjs', 'lib0'] },
  protocol: { uses: ['domain', 'crypto'], packages: ['valibot'] },
  store: { uses: ['domain'], types: ['protocol'], packages: ['dexie', 'svelte'] },
  sync: {
    uses: ['store', 'protocol', 'domain', 'crypto'],
    packages: ['yjs', 'y-protocols', 'y-websocket', 'lib0', 'dexie', 'valibot']
  },
  session: {
    uses: ['store', 'sync', 'crypto', 'protocol', 'domain', 'tables'],
    packages: ['svelte', 'bcryptjs', 'any-ascii']
  },
  pwa: { uses: ['ui', 'store'], packages: ['svelte', 'workbox-window', '@oddbird/popover-polyfill'] },
  ui: {
    uses: ['domain', 'tables', 'messages'],
    packages: ['svelte', 'bits-ui', '@lucide/svelte', '@tanstack/virtual-core', 'uqr']
  },
  routes: {
    uses: ['session', 'ui', 'pwa', 'domain', 'tables', 'messages'],
    types: ['protocol'],
    packages: ['svelte', '$app', '@lucide/svelte']
  },
  'service-worker': {
    uses: ['pwa', 'store', 'sync'],
    packages: ['workbox-core', 'workbox-routing']
  },
  'sync-server': {
    uses: ['domain', 'protocol', 'crypto'],
    packages: [
      ...[
        'node:',
        'hono',
        '@hono/node-server',
        'kysely',
        'pino',
        'ws',
        'yjs',
        'y-protocols',
        'lib0',
        'valibot'
      ],
      ...['bcryptjs', 'any-ascii', 'vite', '@sveltejs/kit']
    ]
  }
};

const code = ['.ts', '.svelte', '.mjs', '.js'];
const files = [...sources('src', code), ...sources('sync-server', code)];

/** The layer of a file; undefined where there is none to keep to. */
function layerOf(path: string): Layer | undefined {
  if (path.startsWith('src/lib/paraglide/')) return 'messages';
  const folder = /^src\/lib\/([^/]+)\//.exec(path)?.[1];
  if (folder) return folder === 'yjs' ? 'sync' : (folder as Layer);
  if (path.startsWith('src/routes/')) return 'routes';
  if (path === 'src/service-worker.ts') return 'service-worker';
  return path.startsWith('sync-server/') ? 'sync-server' : undefined;
}

function wrongImports(source: Source): readonly string[] {
  const layer = layerOf(source.path);
  const allowed = layer && layer !== 'messages' ? arrows[layer] : undefined;
  if (!layer || !allowed) return [];
  return importsOf(source)
    .filter(({ from, typeOnly }) => {
      const file = target(source, from);
      if (file === undefined) {
        return !allowed.packages.some(
          (name) => from === name || from.startsWith(name.endsWith(':') ? name : `${name}/`)
        );
      }
      const other = layerOf(file);
      if (other === layer || file.startsWith('src/lib/assets/')) return false;
      if (!other) return true;
      return !allowed.uses.includes(other) && !(typeOnly && allowed.types?.includes(other));
    })
    .map(({ from }) => `${source.path} → ${from}`);
}

describe('the house', () => {
  test('[HO1] every folder of code is a layer with arrows', () => {
    const layers = new Set(files.map(({ path }) => layerOf(path)));
    layers.delete(undefined);
    expect([...layers].filter((layer) => layer && !(layer in arrows))).toEqual([]);
    expect(layers.size).toBe(Object.keys(arrows).length);
  });

  test.each(Object.keys(arrows))('[HO1] %s imports only what lies below it', (layer) => {
    const own = files.filter(({ path }) => layerOf(path) === layer);
    expect(own.length).toBeGreaterThan(0);
    expect(own.flatMap(wrongImports)).toEqual([]);
  });

  test('[HO1] this very test sees an import upward, a stray package and a type that is used', () => {
    const seen = (path: string, text: string): number => wrongImports({ path, text }).length;
    expect(seen('src/lib/domain/a.ts', "import { a } from '#lib/protocol/change.ts';")).toBe(1);
    expect(seen('src/lib/domain/a.ts', "import type { Doc } from 'yjs';")).toBe(1);
    expect(seen('src/lib/domain/commands/a.ts', "import { a } from '../b.ts';")).toBe(0);
    expect(seen('src/lib/crypto/a.ts', "import { a } from '#lib/domain/ids.ts';")).toBe(1);
    expect(seen('src/lib/crypto/a.ts', "import type { A } from '#lib/domain/ids.ts';")).toBe(0);
    expect(seen('src/lib/ui/a.svelte', "import {\n  a,\n  b\n} from '#lib/session/app.svelte.ts';")).toBe(1);
    expect(seen('src/lib/ui/a.svelte', "const a = await import('../store/outbox.ts');")).toBe(1);
    expect(seen('sync-server/a.ts', "import '#lib/session/app.svelte.ts';")).toBe(1);
    expect(seen('src/lib/store/a.ts', "export * from '#lib/sync/upload.ts';")).toBe(1);
  });

  test('[HO2] no file only hands on what others export', () => {
    const barrels = files.filter(({ text }) => {
      const statements = text
        .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
        .split(';')
        .map((one) => one.trim())
        .filter((one) => one !== '');
      return statements.length > 0 && statements.every((one) => /^export\s.*\sfrom\s/s.test(one));
    });
    expect(barrels.map(({ path }) => path)).toEqual([]);
  });

  test('[HO3] no file of code is longer than 300 lines', () => {
    const long = files.filter(({ text }) => text.split('\n').length > 301);
    expect(long.map(({ path, text }) => `${path}: ${text.split('\n').length - 1}`)).toEqual([]);
  });
});
