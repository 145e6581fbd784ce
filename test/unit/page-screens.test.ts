import { describe, expect, test } from 'vitest';
import { branches, pagesAbove, type PageBranch, type PageEntry } from '#lib/ui/pages/page-entry.ts';
import { saidInOneGo, voiceFor, wordAt, type Voice } from '#lib/ui/pages/read-aloud.ts';
import { linkedRuns } from '#lib/ui/pages/link-runs.ts';
import type { Part } from '#lib/yjs/page-tree.ts';
import { indexedPage, pageWords, searchPages, type Stretch } from '#lib/yjs/page-words.ts';
import { pageId } from '../support/cast.ts';
import { Seeded } from '../support/seeded.ts';

const paragraph = (text: string): Part => ({ is: 'paragraph', indent: 0, runs: [{ text, marks: [] }] });
const shown = (stretches: readonly Stretch[]): string =>
  stretches.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');

describe('the search in pages', () => {
  const pages = [
    indexedPage('ebro', 'El Ebro', [paragraph('Nace en Fontibre. Su afluente más largo es el Segre.')]),
    indexedPage('segre', 'El Segre', [paragraph('Afluente del Ebro, y muy frío.')]),
    indexedPage('diario', 'Diario', [paragraph('Hoy vimos un río.'), paragraph('El agua del Ebro subía.')])
  ];
  const ids = (search: string): readonly string[] => searchPages(pages, search).map(({ id }) => id);

  test('[PV3] every word stands in the title or the text, without accents and case; titles come first', () => {
    expect(ids('ebro')).toEqual(['ebro', 'segre', 'diario']);
    expect(ids('AFLUENTE segre')).toEqual(['segre', 'ebro']);
    expect(ids('rio')).toEqual(['diario', 'segre']);
    expect(ids('frio ebro')).toEqual(['segre']);
    expect(ids('mar')).toEqual([]);
    expect(ids('  ')).toEqual([]);
  });

  test('[PV3] what was searched for is told apart where it stands, whatever its accents', () => {
    const [found] = searchPages(pages, 'rio subia');
    expect(found && shown(found.title)).toBe('Dia[rio]');
    expect(found && shown(found.excerpt)).toBe('Hoy vimos un [río]. El agua del Ebro [subía].');
    const [title] = searchPages(pages, 'fontibre');
    expect(title && shown(title.excerpt)).toBe('Nace en [Fontibre]. Su afluente más largo es el Segre.');
  });

  test('[PV3] an excerpt begins and ends with whole words and signs', () => {
    const long = `${'🦦 agua '.repeat(40)}Fontibre ${'🦦 río '.repeat(60)}`;
    const [found] = searchPages([indexedPage('a', 'A', [paragraph(long)])], 'fontibre');
    const excerpt = found ? shown(found.excerpt) : '';
    expect(excerpt).toMatch(/^… .*\[Fontibre\] 🦦 río .* …$/u);
    expect(() => encodeURIComponent(excerpt)).not.toThrow();
    expect(excerpt.length).toBeLessThan(180);
  });

  test('[PV3] decomposed and composed letters are the same, in the text and in the search', () => {
    const page = indexedPage('n', 'Ñandú', [paragraph('Cigu\u0308en\u0303a')]);
    expect(searchPages([page], 'NANDU').map(({ title }) => shown(title))).toEqual(['[Ñandú]']);
    expect(searchPages([page], 'cigüeña').map(({ excerpt }) => shown(excerpt))).toEqual([
      '[Cigu\u0308en\u0303a]'
    ]);
  });

  test('[PV3] titles and excerpts are pieces of what stands in the page', () => {
    const random = new Seeded(7);
    const words: readonly [string, ...string[]] = [
      'río',
      'İzmir',
      'ﬁn',
      'Ω',
      '🦦',
      'ñandú',
      'e\u0301',
      '\n',
      ' ',
      'Ebro'
    ];
    for (let round = 0; round < 500; round++) {
      const some = (): string => Array.from({ length: 12 }, () => random.of(words)).join('');
      const [title, text, search] = [some(), some(), some().slice(0, 3)];
      for (const { title: pieces } of searchPages([indexedPage('x', title, [paragraph(text)])], search))
        expect(pieces.map((piece) => piece.text).join('')).toBe(title);
    }
  });

  test('[PV3] all words of a page are searched: lists, quotes, tables, captions', () => {
    const run = (text: string) => [{ text, marks: [] }];
    const parts: readonly Part[] = [
      { is: 'heading', level: 2, runs: [...run('El '), ...run('Ebro')] },
      {
        is: 'list',
        kind: 'bullet',
        items: [
          {
            runs: run('Arga'),
            lists: [{ is: 'list', kind: 'number', items: [{ runs: run('Ega'), lists: [] }] }]
          }
        ]
      },
      { is: 'callout', paragraphs: [{ is: 'paragraph', indent: 0, runs: run('Ojo') }] },
      { is: 'rule' },
      { is: 'table', rows: [[{ header: true, parts: [paragraph('Río')] }]] },
      { is: 'media', media: 'x', size: 'wide', alt: '', caption: 'La presa' }
    ];
    expect(pageWords(parts)).toBe('El Ebro\nArga\nEga\nOjo\nRío\nLa presa');
  });
});

describe('reading aloud', () => {
  const voice = (lang: string, localService: boolean, name = lang): Voice => ({
    lang,
    localService,
    default: false,
    name
  });

  test('[PV4] the voice speaks the page’s language, one of the device before one of the network', () => {
    const voices = [
      voice('es-ES', false, 'net'),
      voice('es_MX', true),
      voice('ca-ES', true),
      voice('ES-es', true)
    ];
    expect(voiceFor(voices, 'es-ES', true)?.lang).toBe('ES-es');
    expect(voiceFor(voices.slice(0, 3), 'es-ES', true)?.lang).toBe('es_MX');
    expect(voiceFor(voices.slice(0, 1), 'es', true)?.name).toBe('net');
    expect(voiceFor(voices.slice(0, 1), 'es', false)).toBeUndefined();
    expect(voiceFor(voices, 'it', true)).toBeUndefined();
  });

  test('[PV4] a text is read in sentences, in parts of them where they are long, and nothing of it is left out', () => {
    const said = (text: string): readonly string[] =>
      saidInOneGo(text).map(({ from, to }) => text.slice(from, to));
    expect(said('El Ebro nace aquí. ¿Lo ves? «Sí.» Mide 928,5 km')).toEqual([
      'El Ebro nace aquí. ',
      '¿Lo ves? ',
      '«Sí.» ',
      'Mide 928,5 km'
    ]);
    expect(said('')).toEqual([]);
    expect(said(' \n ')).toEqual([]);
    const long = 'agua clara, '.repeat(80);
    expect(said(long).join('')).toBe(long);
    expect(Math.max(...said(long).map((part) => part.length))).toBeLessThanOrEqual(240);
    expect(said('x'.repeat(1000)).join('')).toHaveLength(1000);
  });

  test('[PV4] a word goes on to the next space where the voice does not tell its length', () => {
    expect(wordAt('El río Ebro', 3)).toEqual({ from: 3, to: 6 });
    expect(wordAt('El río Ebro', 3, 2)).toEqual({ from: 3, to: 5 });
    expect(wordAt('El río', 5, 9)).toEqual({ from: 5, to: 6 });
  });
});

describe('the list of pages', () => {
  const entry = (title: string, depth: number): PageEntry => ({
    id: pageId(title),
    title,
    depth,
    href: `/${title}`,
    state: 'shown',
    frozen: false,
    home: false,
    canWrite: false,
    here: 'here',
    waits: 0
  });
  const entries = [entry('a', 0), entry('b', 1), entry('c', 2), entry('d', 1), entry('e', 0), entry('f', 3)];
  const told = (branch: PageBranch): string => `${branch.entry.title}(${branch.below.map(told).join(' ')})`;

  test('[PV2] what stands deeper stands under the one before it', () => {
    expect(branches(entries).map(told)).toEqual(['a(b(c()) d())', 'e(f())']);
  });

  test('[PV2] the way down to a page goes from the top to the one above it', () => {
    const above = (title: string): readonly string[] =>
      pagesAbove(entries, pageId(title)).map((page) => page.title);
    expect(above('c')).toEqual(['a', 'b']);
    expect(above('d')).toEqual(['a']);
    expect(above('a')).toEqual([]);
    expect(above('none')).toEqual([]);
  });
});

test('[PV1] neighbours that lead to one place are one link', () => {
  const runs = [
    { text: 'Mira ', marks: [] },
    { text: 'el ', marks: [], href: 'https://a.es' },
    { text: 'Ebro', marks: ['bold'] as const, href: 'https://a.es' },
    { text: 'aquí', marks: [], href: 'https://b.es' }
  ];
  expect(linkedRuns(runs).map(({ href, runs: own }) => [href, own.length])).toEqual([
    [undefined, 1],
    ['https://a.es', 2],
    ['https://b.es', 1]
  ]);
});
