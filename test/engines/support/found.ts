import type { Thing, Words } from './engine.ts';

/** A thing as it travels into a page. */
export interface Wanted {
  readonly by: 'role' | 'field' | 'text';
  readonly role: string;
  readonly words: string;
  /** The flags of a pattern; undefined: the words are meant as they are. */
  readonly flags: string | undefined;
}

export function wantedOf(thing: Thing): Wanted {
  if ('role' in thing) return { by: 'role', role: thing.role, ...words(thing.name) };
  if ('field' in thing) return { by: 'field', role: '', ...words(thing.field) };
  return { by: 'text', role: '', ...words(thing.text) };
}

function words(of: Words): Pick<Wanted, 'words' | 'flags'> {
  return typeof of === 'string' ? { words: of, flags: undefined } : { words: of.source, flags: of.flags };
}

interface Library {
  queryAllByRole(root: Element, role: string, options: object): Element[];
  queryAllByLabelText(root: Element, words: string | RegExp): Element[];
  queryAllByText(root: Element, words: string | RegExp): Element[];
}

/**
 * Runs in the page, beside Testing Library: the first of what is wanted that is seen, or the label that stands for it.
 * It uses nothing from around it.
 */
export function found({ by, role, words, flags }: Wanted): { element: Element; text: string } | null {
  const { TestingLibraryDom: library } = globalThis as unknown as { TestingLibraryDom: Library };
  const shown = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const name = flags === undefined ? words : new RegExp(words, flags);
  const root = document.body;
  const all =
    by === 'role'
      ? // What is hidden is left out below, at a tenth of the cost.
        library.queryAllByRole(root, role, { name, hidden: true })
      : by === 'field'
        ? library.queryAllByLabelText(root, name)
        : library.queryAllByText(root, name);
  for (const one of all) {
    const label = one.closest('label');
    const element = one.matches('[type=radio], [type=checkbox]') && label ? label : one;
    if (!shown(element) || one.closest('[inert]')) continue;
    return { element, text: (one.textContent ?? '').trim() };
  }
  return null;
}
