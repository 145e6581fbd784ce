import { describe, expect, test } from 'vitest';
import { importsOf, sources, target, type Source } from '../support/sources.ts';

type Layer =
  | 'domain'
  | 'tables'
  | 'media'
  | 'capture'
  | 'zip'
  | 'crypto'
  | 'protocol'
  | 'yjs'
  | 'editor'
  | 'published'
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
  tables: { uses: [], packages: ['papaparse'] },
  media: { uses: [], packages: [] },
  capture: { uses: ['media'], packages: ['@noble/hashes'] },
  zip: { uses: [], packages: ['client-zip'] },
  crypto: { uses: [], types: ['domain'], packages: ['lib0'] },
  protocol: { uses: ['domain', 'crypto'], packages: ['valibot'] },
  yjs: { uses: [], packages: ['yjs'] },
  published: { uses: ['crypto', 'yjs', 'messages'], types: ['domain'], packages: [] },
  editor: {
    uses: ['yjs'],
    packages: [
      ...['prosemirror-commands', 'prosemirror-inputrules', 'prosemirror-keymap', 'prosemirror-model'],
      ...['prosemirror-state', 'prosemirror-view', 'y-prosemirror', 'y-protocols', 'yjs']
    ]
  },
  store: { uses: ['domain'], types: ['protocol'], packages: ['dexie'] },
  sync: {
    uses: ['store', 'protocol', 'domain', 'crypto', 'yjs'],
    packages: ['yjs', 'y-websocket', 'y-protocols', 'lib0', 'valibot']
  },
  session: {
    uses: ['store', 'sync', 'crypto', 'protocol', 'domain', 'yjs', 'published', 'capture', 'media', 'zip'],
    packages: ['svelte', 'bcryptjs', 'any-ascii']
  },
  pwa: { uses: [], packages: ['svelte', 'workbox-window', '@oddbird/popover-polyfill'] },
  ui: {
    uses: ['domain', 'tables', 'yjs', 'editor', 'capture', 'messages'],
    types: ['session'],
    packages: ['svelte', 'bits-ui', '@lucide/svelte', 'uqr', 'yjs', 'prosemirror-state']
  },
  routes: {
    uses: ['session', 'ui', 'pwa', 'domain', 'messages'],
    types: ['protocol', 'tables'],
    packages: ['svelte', '$app', '@lucide/svelte']
  },
  'service-worker': {
    uses: ['pwa', 'store', 'sync'],
    packages: ['workbox-core', 'workbox-routing']
  },
  'sync-server': {
    uses: ['domain', 'protocol', 'crypto', 'yjs', 'media', 'published', 'tables', 'messages'],
    packages: [
      ...['node:', 'hono', '@hono/node-server', 'kysely', 'pino', 'ws', 'yjs', 'lib0', 'valibot'],
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
  if (folder) return folder as Layer;
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
        return !allowed.packages.some((name) => isOf(from, name));
      }
      const other = layerOf(file);
      if (other === layer || file.startsWith('src/lib/assets/')) return false;
      if (!other) return true;
      return !allowed.uses.includes(other) && !(typeOnly && allowed.types?.includes(other));
    })
    .map(({ from }) => `${source.path} → ${from}`);
}

/** The wings of the session: what each may use besides itself, types included. Files beside them may use all. */
const wings: Readonly<Record<string, readonly string[]>> = {
  device: [],
  keys: ['device'],
  door: ['device', 'keys'],
  work: ['device'],
  media: ['device', 'work'],
  comments: ['device', 'work'],
  space: ['device', 'keys', 'work', 'pages', 'media', 'comments'],
  pages: ['device', 'work'],
  home: ['device', 'work', 'media', 'pages'],
  desk: ['device', 'keys', 'work', 'pages'],
  archive: ['device', 'work', 'media', 'pages', 'desk'],
  me: ['device', 'keys', 'door', 'work', 'space']
};

/** The wing of a file; `beside`: of the session, and in none; undefined: of another layer. */
function wingOf(path: string): string | undefined {
  const [, wing] = /^src\/lib\/session\/(?:([^/]+)\/)?/.exec(path) ?? [];
  return wing ?? (layerOf(path) === 'session' ? 'beside' : undefined);
}

/** The files that each file imports, types included. */
function graphOf(all: readonly Source[]): ReadonlyMap<string, readonly string[]> {
  const paths = new Set(all.map(({ path }) => path));
  return new Map(
    all.map((source) => {
      const named = importsOf(source).map(({ from }) => target(source, from));
      return [source.path, named.filter((path) => path !== undefined && paths.has(path)) as string[]];
    })
  );
}

/** One circle for each import that closes one, from file to file. */
function circles(all: readonly Source[]): readonly string[] {
  const graph = graphOf(all);
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) found.push([...trail.slice(at), path].join(' → '));
    if (at >= 0 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}

/** What the arrows allow and no file of the layer needs. */
function stale(layer: Layer, { uses, types = [], packages }: Allowed): readonly string[] {
  const used = new Set<string>();
  const typed = new Set<string>();
  const named: string[] = [];
  for (const source of files.filter(({ path }) => layerOf(path) === layer)) {
    for (const { from, typeOnly } of importsOf(source)) {
      const file = target(source, from);
      const other = file && layerOf(file);
      if (file === undefined) named.push(from);
      else if (other) (typeOnly ? typed : used).add(other);
    }
  }
  return [
    ...uses.filter((other) => !used.has(other)),
    ...types.filter((other) => !typed.has(other)),
    ...packages.filter((name) => !named.some((from) => isOf(from, name)))
  ];
}

/** The package that is imported is the one of this name; a name that ends in a colon stands for all that begin so. */
function isOf(from: string, name: string): boolean {
  return from === name || from.startsWith(name.endsWith(':') ? name : `${name}/`);
}

describe('the house', () => {
  test('[HO1] every folder of the session is a wing', () => {
    const folders = new Set(files.map(({ path }) => wingOf(path)));
    expect(folders).toEqual(new Set([undefined, 'beside', ...Object.keys(wings)]));
  });

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

  test('[HO1] no files import each other in a circle, not even types', () => {
    // Two files of types; it goes when the arguments of commands stand with their commands.
    const known = 'src/lib/domain/change.ts → src/lib/domain/commands/command.ts → src/lib/domain/change.ts';
    expect(circles(files)).toEqual([known]);
    const two = ['a', 'b', 'c'].map((name, at) => ({
      path: `src/lib/domain/${name}.ts`,
      text: `import type { A } from './${['b', 'c', 'a'][at]}.ts';`
    }));
    expect(circles(two).length).toBe(1);
    expect(circles(two.slice(1)).length).toBe(0);
  });

  test.each(Object.entries(wings))('[HO1] session/%s imports only the wings below it', (wing, below) => {
    const own = files.filter(({ path }) => wingOf(path) === wing);
    expect(own.length).toBeGreaterThan(0);
    const wrong = own.flatMap((source) =>
      importsOf(source).flatMap(({ from }) => {
        const other = wingOf(target(source, from) ?? '');
        return other && other !== wing && !below.includes(other) ? [`${source.path} → ${from}`] : [];
      })
    );
    expect(wrong).toEqual([]);
  });

  test('[HO1] nothing is allowed that nobody needs', () => {
    const unneeded = Object.entries(arrows).map(([layer, allowed]) => [
      layer,
      stale(layer as Layer, allowed)
    ]);
    expect(unneeded.filter(([, names]) => names?.length)).toEqual([]);
  });

  test('[HO1] this very test sees an import upward, a stray package and a type that is used', () => {
    const seen = (path: string, text: string): number => wrongImports({ path, text }).length;
    expect(seen('src/lib/domain/a.ts', "import { a } from '#lib/protocol/change.ts';")).toBe(1);
    expect(seen('src/lib/domain/a.ts', "import type { Doc } from 'yjs';")).toBe(1);
    expect(seen('src/lib/domain/commands/a.ts', "import { a } from '../b.ts';")).toBe(0);
    expect(seen('src/lib/crypto/a.ts', "import { a } from '#lib/domain/ids.ts';")).toBe(1);
    expect(seen('src/lib/crypto/a.ts', "import type { A } from '#lib/domain/ids.ts';")).toBe(0);
    expect(seen('src/lib/ui/a.svelte', "import {\n  a,\n  b\n} from '#lib/session/app.svelte.ts';")).toBe(1);
    expect(seen('src/lib/ui/a.svelte', "import type { A } from '#lib/session/app.svelte.ts';")).toBe(0);
    expect(seen('src/lib/ui/a.svelte', "const a = await import('../store/outbox.ts');")).toBe(1);
    expect(seen('sync-server/a.ts', "import '#lib/session/app.svelte.ts';")).toBe(1);
    expect(seen('src/lib/store/a.ts', "export * from '#lib/sync/upload.ts';")).toBe(1);
  });

  test('[HO1] the editor is used where a page is written, and what is there is loaded when somebody begins to write', () => {
    const writing = 'src/lib/ui/pages/writing/';
    const early = files
      .filter(({ path }) => !path.startsWith(writing))
      .flatMap((source) =>
        importsOf(source)
          .filter(({ from, typeOnly }) => {
            const file = target(source, from) ?? '';
            const later = new RegExp(`import\\(\\s*['"]${from}`).test(source.text);
            const layer = layerOf(source.path);
            if (file.startsWith('src/lib/editor/')) return layer !== 'editor' && !typeOnly;
            return file.startsWith(writing) && !typeOnly && !later;
          })
          .map(({ from }) => `${source.path} → ${from}`)
      );
    expect(early).toEqual([]);
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
