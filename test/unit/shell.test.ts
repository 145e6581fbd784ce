import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { NotTheShell, Shell, type Fetched } from '#lib/pwa/shell.ts';
import { readShell } from '#lib/pwa/shell-list.ts';

const origin = 'https://relay.test';

/** The browser's cache as far as the shell uses it. */
class MemoryCache {
  readonly stored = new Map<string, Response>();

  match(path: string, { ignoreSearch = false } = {}): Promise<Response | undefined> {
    const wanted = new URL(path, origin);
    const [, found] =
      [...this.stored].find(([key]) => {
        const url = new URL(key);
        return ignoreSearch ? url.pathname === wanted.pathname : key === wanted.href;
      }) ?? [];
    return Promise.resolve(found?.clone());
  }

  put(path: string, response: Response): Promise<void> {
    this.stored.set(new URL(path, origin).href, response);
    return Promise.resolve();
  }

  keys(): Promise<{ url: string }[]> {
    return Promise.resolve([...this.stored.keys()].map((url) => ({ url })));
  }

  delete({ url }: { url: string }): Promise<boolean> {
    return Promise.resolve(this.stored.delete(url));
  }

  get paths(): string[] {
    return [...this.stored.keys()].map((key) => new URL(key).pathname).sort();
  }
}

const texts: Readonly<Record<string, string>> = {
  '/index.html': '<!doctype html><title>TwinSpace</title>',
  '/_app/immutable/a.js': 'export const a = 1;',
  '/_app/immutable/b.js': 'export const b = 2;',
  '/_app/immutable/c.css': 'p { color: teal }'
};
const lotPath = '/_app/immutable/together/lot.txt';
const types: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };

/** Each by itself; those of which the path is named there travel together. */
function listOf(of: Readonly<Record<string, string>>, lot: readonly string[] = []): string {
  const entry = (path: string): string => {
    const text = of[path] ?? '';
    const hash = createHash('sha256').update(text).digest('base64');
    return `,${path} ${hash} ${typeOf(path)} ${text.length}`;
  };
  const alone = Object.keys(of).filter((path) => !lot.includes(path));
  return `${alone.map(entry).join('')};${lotPath}${lot.map(entry).join('')}`;
}

function typeOf(path: string): string {
  return types[path.split('.').at(-1) ?? ''] ?? '';
}

function answer(text: string, type: string, { status = 200, redirected = false } = {}): Promise<Fetched> {
  const headers = new Headers({ 'Content-Type': `${type}; charset=utf-8` });
  return Promise.resolve({ status, redirected, headers, bytes: new TextEncoder().encode(text) });
}

function genuine(path: string): Promise<Fetched> {
  return answer(texts[path] ?? '', typeOf(path));
}

function shellOf(
  cache: MemoryCache,
  fetch: (path: string, how: RequestCache) => Promise<Fetched>,
  lot?: readonly string[]
): Shell {
  return new Shell(readShell(listOf(texts, lot)), {
    open: () => Promise.resolve(cache as unknown as Cache),
    fetch,
    nextComes: () => false
  });
}

describe('the app on this device', () => {
  test('[NW1] is stored with the hash and the type that the build named', async () => {
    const cache = new MemoryCache();
    const shell = shellOf(cache, genuine);
    await shell.install();
    expect(cache.paths).toEqual(Object.keys(texts).sort());
    expect(await shell.whole()).toBe(true);
    expect(await (await shell.answer('/index.html')).text()).toBe(texts['/index.html']);
  });

  const portals: readonly [string, (path: string) => Promise<Fetched>][] = [
    ['a page of the portal', () => answer('<h1>Sign in</h1>', 'text/html')],
    ['other bytes of the right type', (path) => answer('/* blocked */', typeOf(path))],
    ['the right bytes as another type', (path) => answer(texts[path] ?? '', 'text/plain')],
    [
      'an error page with 200 after a redirect',
      (path) => answer(texts[path] ?? '', typeOf(path), { redirected: true })
    ],
    ['the right bytes with an error', (path) => answer(texts[path] ?? '', typeOf(path), { status: 503 })],
    ['nothing at all', (path) => answer('', typeOf(path))]
  ];
  test.each(portals)('[NW2] an install that gets %s leaves no trace', async (_name, portal) => {
    for (const last of Object.keys(texts)) {
      const cache = new MemoryCache();
      const shell = shellOf(cache, (path) => (path === last ? portal(path) : genuine(path)));
      await expect(shell.install()).rejects.toBeInstanceOf(NotTheShell);
      expect(cache.paths).toEqual([]);
      await expect(shell.answer(last)).rejects.toBeInstanceOf(NotTheShell);
    }
  });

  test('[NW2] an install that broke off goes on where it was', async () => {
    const cache = new MemoryCache();
    const asked: string[] = [];
    let up = false;
    const shell = shellOf(cache, (path) => {
      asked.push(path);
      return up || path !== '/index.html' ? genuine(path) : Promise.reject(new Error('cut'));
    });
    await expect(shell.install()).rejects.toThrow('cut');
    expect(cache.paths).not.toContain('/index.html');
    const before = cache.paths.length;
    up = true;
    asked.length = 0;
    await shell.install();
    expect(asked).toHaveLength(Object.keys(texts).length - before);
    expect(await shell.whole()).toBe(true);
  });

  test('[NW1] what the browser itself kept of a portal is asked for past it', async () => {
    const cache = new MemoryCache();
    const shell = shellOf(cache, (path, how) =>
      how === 'reload' ? genuine(path) : answer('<h1>Sign in</h1>', 'text/html')
    );
    await shell.install();
    expect(await shell.whole()).toBe(true);
  });

  test('[NW3] what the browser gave up is fetched again, and only that', async () => {
    const cache = new MemoryCache();
    const asked: string[] = [];
    const shell = shellOf(cache, (path) => (asked.push(path), genuine(path)));
    await shell.install();
    asked.length = 0;
    for (const key of [...cache.stored.keys()]) if (/index|c\.css/.test(key)) cache.stored.delete(key);
    await shell.fill();
    expect(asked.sort()).toEqual(['/_app/immutable/c.css', '/index.html']);
    expect(await shell.whole()).toBe(true);
  });

  test('[NW4] another version stays until this one is whole, the next one while it comes and waits, and its files serve a tab that still has it', async () => {
    const cache = new MemoryCache();
    const old = {
      '/index.html': 'old',
      '/_app/immutable/old.js': 'old()',
      '/_app/immutable/a.js': texts['/_app/immutable/a.js'] ?? ''
    };
    const before = new Shell(readShell(listOf(old)), {
      open: () => Promise.resolve(cache as unknown as Cache),
      fetch: (path) => answer(old[path as keyof typeof old], typeOf(path)),
      nextComes: () => true
    });
    await before.install();
    let portal = true;
    const shell = shellOf(cache, (path) =>
      portal && path === '/_app/immutable/c.css' ? answer('', 'text/html') : genuine(path)
    );
    await expect(shell.install()).rejects.toBeInstanceOf(NotTheShell);
    await shell.dropOthers();
    expect(await before.whole()).toBe(true);
    expect(cache.stored.size).toBe(3);
    portal = false;
    await shell.install();
    // The one that works is whole, and the next one waits: what was fetched for that is nobody's to delete.
    await before.dropOthers();
    expect(await shell.whole()).toBe(true);
    expect(await (await shell.ofAnotherVersion('/_app/immutable/old.js'))?.text()).toBe('old()');
    await shell.dropOthers();
    expect(await shell.ofAnotherVersion('/_app/immutable/old.js')).toBeUndefined();
    expect(cache.paths).toEqual(Object.keys(texts).sort());
  });
});

describe('what travels together', () => {
  const lot = Object.keys(texts).filter((path) => path.startsWith('/_app'));
  const whole = lot.map((path) => texts[path]).join('');

  test('[NW13] is asked for once, and stored file by file, each with its own type and none of the headers of the whole', async () => {
    const cache = new MemoryCache();
    const asked: string[] = [];
    const shell = shellOf(
      cache,
      async (path) => {
        asked.push(path);
        const fetched = await (path === lotPath ? answer(whole, 'text/plain') : genuine(path));
        fetched.headers.set('ETag', '"of the whole"');
        return fetched;
      },
      lot
    );
    await shell.install();
    expect(asked.sort()).toEqual([lotPath, '/index.html']);
    expect(cache.paths).toEqual(Object.keys(texts).sort());
    for (const path of lot) {
      const stored = await shell.answer(path);
      expect(await stored.text()).toBe(texts[path]);
      expect(stored.headers.get('Content-Type')).toBe(`${typeOf(path)}; charset=utf-8`);
      expect(stored.headers.get('ETag')).toBeNull();
    }
  });

  const others: readonly [string, () => Promise<Fetched>][] = [
    ['a page of a portal', () => answer('<h1>Sign in</h1>', 'text/html')],
    ['nothing at all', () => answer('', 'text/plain')],
    ['not found', () => answer('Not found', 'text/plain', { status: 404 })],
    ['the right bytes with an error', () => answer(whole, 'text/plain', { status: 503 })],
    ['the right bytes after a redirect', () => answer(whole, 'text/plain', { redirected: true })]
  ];
  test.each(others)('[NW13] comes file by file where %s came for it', async (_name, other) => {
    const cache = new MemoryCache();
    const asked: string[] = [];
    const fetch = (path: string): Promise<Fetched> => {
      asked.push(path);
      return path === lotPath ? other() : genuine(path);
    };
    const shell = shellOf(cache, fetch, lot);
    await shell.install();
    expect(asked.sort()).toEqual([lotPath, ...Object.keys(texts)].sort());
    expect(await shell.whole()).toBe(true);
  });

  test('[NW13, NW2] leaves no trace where a portal answers everything', async () => {
    const cache = new MemoryCache();
    const shell = shellOf(cache, () => answer('<h1>Sign in</h1>', 'text/html'), lot);
    await expect(shell.install()).rejects.toBeInstanceOf(NotTheShell);
    expect(cache.paths).toEqual([]);
  });

  test('[NW13] of which one file was altered on its way: that one comes by itself', async () => {
    const cache = new MemoryCache();
    const asked: string[] = [];
    const altered = whole.replace('b = 2', 'b = 3');
    const fetch = (path: string): Promise<Fetched> => {
      asked.push(path);
      return path === lotPath ? answer(altered, 'text/plain') : genuine(path);
    };
    const shell = shellOf(cache, fetch, lot);
    await shell.install();
    expect(asked.sort()).toEqual([lotPath, '/_app/immutable/b.js', '/index.html'].sort());
    expect(await (await shell.answer('/_app/immutable/b.js')).text()).toBe(texts['/_app/immutable/b.js']);
  });

  test('[NW13, NW3] is asked for file by file where only little of it is missing', async () => {
    const cache = new MemoryCache();
    const asked: string[] = [];
    const fetch = (path: string): Promise<Fetched> => {
      asked.push(path);
      return path === lotPath ? answer(whole, 'text/plain') : genuine(path);
    };
    const shell = shellOf(cache, fetch, lot);
    await shell.install();
    asked.length = 0;
    for (const key of [...cache.stored.keys()]) if (/c\.css/.test(key)) cache.stored.delete(key);
    await shell.fill();
    expect(asked).toEqual(['/_app/immutable/c.css']);
    asked.length = 0;
    for (const key of [...cache.stored.keys()]) if (/a\.js|b\.js/.test(key)) cache.stored.delete(key);
    await shell.fill();
    expect(asked).toEqual([lotPath]);
    expect(await shell.whole()).toBe(true);
  });
});
