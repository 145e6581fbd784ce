import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '#lib/domain/dates.ts';
import {
  archivedPageDocument,
  indexDocument,
  type Archive,
  type ArchivedPage
} from '#lib/published/archive-documents.ts';
import { archiveNames } from '#lib/published/archive-names.ts';
import { archiveWords } from '#lib/published/archive-words.ts';
import { publishedStyles } from '#lib/published/styles.ts';
import { withoutMedia } from '#lib/published/without-media.ts';
import type { Part } from '#lib/yjs/page-tree.ts';

const seeded = { seed: 20261130, numRuns: 500 } as const;
const windowsDevice = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/;

const picture: Part = { is: 'media', media: 'secret', size: 'wide', alt: 'Un secreto', caption: '' };
const line = (text: string, client = 0): Part => ({
  is: 'paragraph',
  indent: 0,
  runs: [{ text, marks: [], client }]
});

function page(title: string, more: Partial<ArchivedPage> = {}): ArchivedPage {
  return {
    id: title,
    title,
    depth: 0,
    draft: false,
    file: `${title}.html`,
    coming: false,
    missing: 0,
    ...more
  };
}

function archive(pages: readonly ArchivedPage[], more: Partial<Archive> = {}): Archive {
  const made = '2026-11-30' as CalendarDate;
  return {
    title: 'Ríos',
    made,
    lang: 'es',
    words: archiveWords('es'),
    pages,
    gallery: [],
    notes: [],
    ...more
  };
}

describe('names of files', () => {
  test('[TH2] are letters, digits and hyphens, whatever a title says, and no two are the same', () => {
    expect(archiveNames(['Año 1: el río', 'Ποταμός', '../..', 'CON'].map(html))).toEqual([
      '01-ano-1-el-rio.html',
      '02.html',
      '03.html',
      '04-con.html'
    ]);
    const title = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('CON', 'aux.txt', '..\\..', 'a'));
    const plain = fc.property(fc.array(title, { maxLength: 120 }), (titles) => {
      const names = archiveNames(titles.map(html));
      expect(new Set(names).size).toBe(titles.length);
      for (const name of names) {
        expect(name).toMatch(/^\d+(-[a-z0-9-]*[a-z0-9])?\.html$/);
        expect(name).not.toMatch(windowsDevice);
        expect(name.length).toBeLessThan(60);
      }
    });
    fc.assert(plain, seeded);
  });
});

const html = (title: string) => ({ title, ending: 'html' });

describe('what is taken home', () => {
  const pages = [page('Diario'), page('Notas', { depth: 1, draft: true, coming: true, missing: 2 })];

  test('[TH2] leads from the contents to each page and back, by relative addresses alone, and runs nothing', () => {
    const whole = archive(pages);
    const index = indexDocument(whole);
    const first = archivedPageDocument(whole, pages[0] ?? page(''), {
      parts: [line('<script>alert(1)</script>')],
      mediaOf: () => undefined
    });
    expect(index).toContain('href="pages/Diario.html"');
    expect(first).toContain('href="../index.html"');
    expect(first).toContain('rel="next" href="Notas.html"');
    for (const html of [index, first]) {
      const addresses = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address = '']) => address);
      expect(addresses.length).toBeGreaterThan(2);
      for (const address of addresses) expect(address).toMatch(/^(#|(\.\.\/)?[\w-]+)/);
      expect(html).not.toMatch(/<script|\son\w+=|https?:/i);
    }
  });

  test('[TH3] says in the contents and on the page what is not there, and that it is a draft', () => {
    const whole = archive(pages, { notes: ['Falta una foto'] });
    const index = indexDocument(whole);
    expect(index).toContain('Lo que falta en esta copia');
    expect(index).toContain('«Notas»: todavía no había llegado entera al dispositivo.');
    expect(index).toContain('«Notas»: 2 imágenes, vídeos o sonidos no están, o solo en pequeño.');
    expect(index).toContain('Falta una foto');
    expect(index).toContain('borrador');
    const told = archivedPageDocument(whole, pages[1] ?? page(''), { parts: [], mediaOf: () => undefined });
    expect(told).toContain('todavía no había llegado todo');
    expect(told).toContain('2 imágenes');
    expect(indexDocument(archive([page('Diario')]))).not.toContain('Lo que falta');
  });

  test('[TH3] has nothing of media that a reader may not see, nor what is said of them, in tables neither', () => {
    const table: Part = { is: 'table', rows: [[{ header: false, parts: [picture, line('x')] }]] };
    const parts = withoutMedia([picture, table, line('y')], () => false);
    expect(JSON.stringify(parts)).not.toMatch(/secret/);
    expect(parts).toHaveLength(2);
  });

  test('[TH4] marks whose portfolio it is at what they wrote and added, and nobody else', () => {
    const own = {
      name: 'Ana & Co',
      wrote: (runs: readonly { readonly client?: number }[]) => runs.some(({ client }) => client === 7),
      added: (media: string) => media === 'secret'
    };
    const parts = [line('mío', 7), line('de otra', 8), picture];
    const body = { parts, mediaOf: () => undefined, own };
    const text = archivedPageDocument(archive(pages), pages[0] ?? page(''), body);
    expect(text).toContain('<p data-say class="own"><span class="hidden">Ana &amp; Co: </span>mío</p>');
    expect(text).toContain('<p data-say>de otra</p>');
    expect(text).toContain('<figure data-size="wide" class="own">');
    expect(text).toContain('Lo que lleva una raya al lado lo hizo Ana &amp; Co.');
  });

  test('[TH2] looks the same in browsers that do not know what the app uses', () => {
    const tokens = ':root {\n  /* ground */\n  --paper: light-dark(#fff, rgb(0 0 0 / 0.5));\n}';
    const css = publishedStyles({ tokens, text: 'p{}', around: 'q{}' });
    expect(css).not.toContain('light-dark(');
    expect(css).toContain('--paper: #fff;');
    expect(css).toContain('@media (prefers-color-scheme: dark){:root{--paper: rgb(0 0 0 / 0.5);}}');
  });
});
