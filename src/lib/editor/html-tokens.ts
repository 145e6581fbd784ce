import { unescaped } from './entities.ts';

/** A piece of HTML: a tag that opens or closes, or text. */
export type Token =
  | { readonly is: 'open'; readonly name: string; readonly attributes: Attributes }
  | { readonly is: 'close'; readonly name: string }
  | { readonly is: 'text'; readonly text: string };

/** Of a tag, by their names in small letters. */
export type Attributes = ReadonlyMap<string, string>;

/** Comments, declarations, tags, text; each is consumed once, whatever is not closed, so that time grows with length. */
const pieces =
  /<!--[\s\S]*?(?:-->|$)|<[!?][^>]*>?|<(\/?)([a-z][^\s/><]*)((?:[^"'<>]|"[^"]*"|'[^']*')*)>?|[^<]+|</gi;

const attribute = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/g;

/** Elements whose content is no HTML. */
const raw: readonly string[] = ['script', 'style', 'title', 'textarea', 'xmp', 'noembed', 'noframes'];

/** HTML as it is pasted, read without the browser: nothing in it is ever made, loaded or run. */
export function* htmlTokens(html: string): Generator<Token> {
  pieces.lastIndex = 0;
  const read = new RegExp(pieces);
  for (let found = read.exec(html); found; found = read.exec(html)) {
    const [all, slash, tag, rest = ''] = found;
    if (tag === undefined) {
      if (!/^<[!?]/.test(all)) yield { is: 'text', text: unescaped(all) };
      continue;
    }
    const name = tag.toLowerCase();
    if (slash === '/') yield { is: 'close', name };
    else if (raw.includes(name)) read.lastIndex = endOfRaw(html, name, read.lastIndex);
    else yield { is: 'open', name, attributes: attributesIn(rest) };
  }
}

function endOfRaw(html: string, name: string, from: number): number {
  const end = new RegExp(`</${name}[^>]*>?`, 'gi');
  end.lastIndex = from;
  return end.exec(html) ? end.lastIndex : html.length;
}

function attributesIn(text: string): Attributes {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single, bare] of text.matchAll(attribute)) {
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, unescaped(double ?? single ?? bare ?? ''));
  }
  return attributes;
}
