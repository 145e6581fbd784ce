import { pageInAddress } from '#lib/yjs/address.ts';
import type { OwnWork } from '#lib/yjs/own-work.ts';
import {
  headAndBody,
  type Cell,
  type List,
  type Paragraph,
  type Part,
  type Run
} from '#lib/yjs/page-tree.ts';

/** A picture, film or sound as it is shown where no app is. Addresses are relative. */
export interface ShownMedia {
  readonly is: 'picture' | 'film' | 'sound';
  readonly src: string;
  /** A small picture of it, where there is one. */
  readonly poster?: string;
  /** In pixels; zero where there is only sound. */
  readonly width: number;
  readonly height: number;
}

/** What a page needs to be shown outside the app. */
export interface PageSurroundings {
  /** Where a page of the TwinSpace is found; undefined for one that is not shown, which then is no link. */
  readonly linkTo: (page: string) => string | undefined;
  /** Undefined for what is not there, or is not there yet. */
  readonly mediaOf: (media: string) => ShownMedia | undefined;
  /** TH4: whose work is marked in it. */
  readonly own?: OwnWork;
  readonly words: {
    readonly table: string;
    readonly done: string;
    readonly toDo: string;
    readonly gone: string;
    readonly newTab: string;
  };
}

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
};

/** The text as HTML says it, in an element or in quotes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}

/**
 * A page as HTML for whoever has no app: what PG5 says it is, and nothing besides. Every text is escaped; there are no
 * scripts, styles or handlers in it, and no address but those that PG2 allows and those given here.
 */
export function pageHtml(parts: readonly Part[], around: PageSurroundings): string {
  return parts.map((part) => partHtml(part, around)).join('\n');
}

function partHtml(part: Part, around: PageSurroundings): string {
  switch (part.is) {
    case 'paragraph':
      return paragraphHtml(part, around);
    case 'heading':
      return `<h${part.level} data-say${ownClass(part.runs, around)}>${runsHtml(part.runs, around)}</h${part.level}>`;
    case 'list':
      return listHtml(part, around);
    case 'quote':
      return `<blockquote>${part.paragraphs.map((one) => paragraphHtml(one, around)).join('')}</blockquote>`;
    case 'callout':
      return `<div class="callout" role="note">${part.paragraphs.map((one) => paragraphHtml(one, around)).join('')}</div>`;
    case 'rule':
      return '<hr>';
    case 'table':
      return tableHtml(part.rows, around);
    case 'media':
      return figureHtml(part, around);
  }
}

function paragraphHtml({ indent, runs }: Paragraph, around: PageSurroundings): string {
  const inset = indent === 0 ? '' : ` data-indent="${indent}"`;
  return `<p data-say${inset}${ownClass(runs, around)}>${ownWords(runs, around)}${runsHtml(runs, around)}</p>`;
}

/** TH4: it is marked for whoever sees it, and by the name for whoever hears it. */
function ownClass(runs: readonly Run[], { own }: PageSurroundings): string {
  return own?.wrote(runs) ? ' class="own"' : '';
}

function ownWords(runs: readonly Run[], { own }: PageSurroundings): string {
  return own?.wrote(runs) ? `<span class="hidden">${escaped(own.name)}: </span>` : '';
}

function listHtml({ kind, items }: List, around: PageSurroundings): string {
  const { words } = around;
  const tag = kind === 'number' ? 'ol' : 'ul';
  // Without their signs Safari tells lists no more as such.
  const checks = kind === 'check' ? ' class="checks" role="list"' : '';
  const entries = items.map(({ runs, checked, lists }) => {
    const said =
      checked === undefined
        ? ''
        : `<span class="hidden">${escaped(checked ? words.done : words.toDo)}: </span>`;
    const below = lists.map((list) => listHtml(list, around)).join('');
    const mark = ownClass(runs, around);
    return `<li${checked ? ' class="done"' : ''}>${said}<span data-say${mark}>${ownWords(runs, around)}${runsHtml(runs, around)}</span>${below}</li>`;
  });
  return `<${tag}${checks}>${entries.join('')}</${tag}>`;
}

function tableHtml(rows: Extract<Part, { is: 'table' }>['rows'], around: PageSurroundings): string {
  const line = (row: readonly Cell[]): string => {
    const cells = row.map(({ header, parts }) => {
      const tag = header ? 'th' : 'td';
      const scope = header ? ` scope="${row === rows[0] ? 'col' : 'row'}"` : '';
      return `<${tag}${scope}>${pageHtml(parts, around)}</${tag}>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  };
  const { head, body } = headAndBody(rows);
  const top = head.length > 0 ? `<thead>${head.map(line).join('')}</thead>` : '';
  // What is pushed along is reached by keyboard, too.
  return `<div class="table" role="region" aria-label="${escaped(around.words.table)}" tabindex="0"><table>${top}<tbody>${body.map(line).join('')}</tbody></table></div>`;
}

function figureHtml(
  { media, size, alt, caption }: Extract<Part, { is: 'media' }>,
  around: PageSurroundings
): string {
  const shown = around.mediaOf(media);
  const below = caption === '' ? '' : `<figcaption data-say>${escaped(caption)}</figcaption>`;
  const mark = around.own?.added(media) ? ' class="own"' : '';
  return `<figure data-size="${escaped(size)}"${mark}>${shown ? mediaHtml(shown, alt) : goneHtml(alt, around)}${below}</figure>`;
}

/** A picture, film or sound, with what can be seen or heard in it. */
export function mediaHtml({ is, src, poster, width, height }: ShownMedia, alt: string): string {
  const room = width > 0 && height > 0 ? ` width="${width}" height="${height}"` : '';
  const words = escaped(alt);
  if (is === 'picture')
    return `<img src="${escaped(src)}" alt="${words}"${room} loading="lazy" decoding="async">`;
  const label = alt === '' ? '' : ` aria-label="${words}"`;
  if (is === 'sound') return `<audio src="${escaped(src)}" controls preload="none"${label}></audio>`;
  const still = poster === undefined ? '' : ` poster="${escaped(poster)}"`;
  return `<video src="${escaped(src)}" controls playsinline preload="none"${still}${room}${label}></video>`;
}

function goneHtml(alt: string, { words }: PageSurroundings): string {
  return `<p class="gone">${escaped(alt === '' ? words.gone : `${alt} · ${words.gone}`)}</p>`;
}

const tags = { bold: 'strong', italic: 'em', underline: 'u', strike: 's', code: 'code' } as const;

/** Neighbours that lead to one place are one link, however their letters look. */
function runsHtml(runs: readonly Run[], around: PageSurroundings): string {
  const html: string[] = [];
  for (let at = 0; at < runs.length;) {
    const href = runs[at]?.href;
    const end = runs.findIndex((run, index) => index > at && run.href !== href);
    const alike = runs.slice(at, end === -1 ? runs.length : end);
    html.push(linkHtml(href, alike.map(lettersHtml).join(''), around));
    at += alike.length;
  }
  return html.join('');
}

function lettersHtml({ text, marks }: Run): string {
  const letters = escaped(text).replaceAll('\n', '<br>');
  return marks.reduceRight((inner, mark) => `<${tags[mark]}>${inner}</${tags[mark]}>`, letters);
}

function linkHtml(href: string | undefined, letters: string, { linkTo, words }: PageSurroundings): string {
  if (href === undefined) return letters;
  const page = pageInAddress(href);
  const to = page === undefined ? href : linkTo(page);
  if (to === undefined) return letters;
  if (page !== undefined || href.startsWith('mailto:')) return `<a href="${escaped(to)}">${letters}</a>`;
  return `<a href="${escaped(to)}" target="_blank" rel="noopener noreferrer nofollow">${letters}<span class="hidden"> ${escaped(words.newTab)}</span></a>`;
}
