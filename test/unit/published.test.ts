import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentOf, digestOf } from '#lib/published/content.ts';
import { lineDifference } from '#lib/published/line-difference.ts';
import { pageHtml, type PageSurroundings } from '#lib/published/page-html.ts';
import type { Cell, Part, Run } from '#lib/yjs/page-tree.ts';
import { digestOfEmpty } from '../support/cast.ts';

const seeded = { seed: 20261130, numRuns: 500 } as const;

const media = '5a8f1f64-8f0b-4f0e-9d5e-4f3c9a0b1c2d';
const page = '0f4c6a52-5f0d-4f43-8a35-0a8d7f3b2c1e';

const run = (text: string, more: Partial<Run> = {}): Run => ({ text, marks: [], ...more });
const says = (...runs: readonly Run[]): Part => ({ is: 'paragraph', indent: 0, runs });
const picture: Part = { is: 'media', media, size: 'wide', alt: 'El "río" <b>', caption: '' };

const around: PageSurroundings = {
  linkTo: () => undefined,
  mediaOf: () => ({ is: 'picture', src: 'media/a', width: 3, height: 2 }),
  words: { table: 'Tabla', done: 'hecho', toDo: 'por hacer', gone: 'no está', newTab: '(otra pestaña)' }
};

describe('what is published', () => {
  test('[PU2] is known by the hash of its title and its parts, as PROTOCOL.md says', async () => {
    expect(await digestOf(contentOf('El Ebro', [], () => true))).toBe(digestOfEmpty('El Ebro'));
    const one = await digestOf(contentOf('El Ebro', [says(run('a'))], () => true));
    expect(await digestOf(contentOf('El Ebro', [says(run('b'))], () => true))).not.toBe(one);
    expect(await digestOf(contentOf('Ebro', [says(run('a'))], () => true))).not.toBe(one);
  });

  test('[PU2] does not depend on how a text was cut while it was typed, nor tells under which clientID', async () => {
    const typed = [says(run('El ', { client: 1 }), run('Ebro', { client: 2 })), picture];
    const other = [says(run('El Ebro')), picture];
    const content = contentOf('El Ebro', typed, () => true);
    expect(content).toEqual(contentOf('El Ebro', other, () => true));
    expect(JSON.stringify(content)).not.toContain('client');
    const bold = contentOf('El Ebro', [says(run('El '), run('Ebro', { marks: ['bold'] }))], () => true);
    expect(bold.parts).toHaveLength(1);
    expect(await digestOf(bold)).not.toBe(await digestOf(content));
  });

  test('[PU3] has no media that visitors do not see, in the cells of tables neither', () => {
    const table: Part = { is: 'table', rows: [[{ header: false, parts: [picture, says(run('x'))] }]] };
    const { parts } = contentOf('', [picture, table], () => false);
    expect(JSON.stringify(parts)).not.toContain(media);
    expect(parts).toHaveLength(1);
  });
});

describe('a page as HTML', () => {
  test('[PV1, TH6] a row of headers on top of a table is its head, which paper repeats; any other header stands in its row', () => {
    const cell = (text: string, header: boolean): Cell => ({ header, parts: [says(run(text))] });
    const html = (...rows: readonly (readonly Cell[])[]): string =>
      pageHtml([{ is: 'table', rows }], around).replaceAll(/<(p|span)[^>]*>|<\/(p|span)>/g, '');
    const [head, body] = [
      [cell('Río', true), cell('Mide', true)],
      [cell('Ebro', true), cell('930', false)]
    ];
    expect(html(head, body)).toContain(
      '<table><thead><tr><th scope="col">Río</th><th scope="col">Mide</th></tr></thead>' +
        '<tbody><tr><th scope="row">Ebro</th><td>930</td></tr></tbody></table>'
    );
    // Nothing below it: it would be a head of nothing.
    expect(html(head)).not.toContain('<thead>');
    expect(html(body, head)).not.toContain('<thead>');
    expect(html(body)).toContain('<tbody><tr><th scope="col">Ebro</th>');
  });

  test('[VS5, PU3] escapes every text, and links to no page that is not shown', () => {
    const parts = [says(run('<script>"&\'', { href: `page:${page}` })), picture];
    const html = pageHtml(parts, around);
    expect(html).toContain('&lt;script&gt;&quot;&amp;&#39;');
    expect(html).toContain('alt="El &quot;río&quot; &lt;b&gt;"');
    expect(html).not.toContain(page);
    expect(pageHtml(parts, { ...around, linkTo: (id) => id })).toContain(`<a href="${page}">`);
  });

  test('[VS5] no text of a page becomes a tag, whatever it is', () => {
    const text = fc.string({ unit: fc.constantFrom(...'<>&"\'=/ aé\u202e\u0000\n') });
    const page = fc.property(text, text, text, (one, alt, caption) => {
      const parts: readonly Part[] = [
        says(run(one, { marks: ['code'] })),
        { is: 'media', media, size: 'wide', alt, caption },
        { is: 'list', kind: 'check', items: [{ runs: [run(one)], checked: true, lists: [] }] }
      ];
      const tags = pageHtml(parts, around).match(/<[^>]*>/g) ?? [];
      const plain = pageHtml(
        [
          says(run('x', { marks: ['code'] })),
          { is: 'media', media, size: 'wide', alt: 'x', caption: caption === '' ? '' : 'x' },
          { is: 'list', kind: 'check', items: [{ runs: [run('x')], checked: true, lists: [] }] }
        ],
        around
      ).match(/<[^>]*>/g);
      const nameOf = (tag: string): string => /^<\/?\w+/.exec(tag)?.[0] ?? tag;
      expect(tags.filter((tag) => tag !== '<br>').map(nameOf)).toEqual(plain?.map(nameOf));
    });
    fc.assert(page, seeded);
  });

  test('[VS3] what is gone is said, with what could be seen in it', () => {
    expect(pageHtml([picture], { ...around, mediaOf: () => undefined })).toContain('no está');
  });
});

describe('what is different', () => {
  test('[PU1] tells the lines that have come and gone, in their place', () => {
    expect(lineDifference('a\nb\nc', 'a\nx\nc\nd')).toEqual([
      { is: 'same', text: 'a' },
      { is: 'gone', text: 'b' },
      { is: 'new', text: 'x' },
      { is: 'same', text: 'c' },
      { is: 'new', text: 'd' }
    ]);
    expect(lineDifference('', 'a')).toEqual([{ is: 'new', text: 'a' }]);
  });

  test('[PU1] what stayed and what is gone is the text before, what stayed and what is new the text now', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
      .map((lines) => lines.join('\n'));
    const whole = fc.property(text, text, (before, now) => {
      const lines = lineDifference(before, now);
      const without = (is: string): string =>
        lines
          .filter((line) => line.is !== is)
          .map((line) => line.text)
          .join('\n');
      expect([without('new'), without('gone')]).toEqual([before, now]);
    });
    fc.assert(whole, seeded);
  });
});
