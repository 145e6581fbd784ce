import type { Component } from 'svelte';
import Bold from '@lucide/svelte/icons/bold';
import Code from '@lucide/svelte/icons/code';
import Heading2 from '@lucide/svelte/icons/heading-2';
import Heading3 from '@lucide/svelte/icons/heading-3';
import Heading4 from '@lucide/svelte/icons/heading-4';
import Italic from '@lucide/svelte/icons/italic';
import Lightbulb from '@lucide/svelte/icons/lightbulb';
import List from '@lucide/svelte/icons/list';
import ListOrdered from '@lucide/svelte/icons/list-ordered';
import ListTodo from '@lucide/svelte/icons/list-todo';
import Pilcrow from '@lucide/svelte/icons/pilcrow';
import Quote from '@lucide/svelte/icons/quote';
import Strikethrough from '@lucide/svelte/icons/strikethrough';
import Underline from '@lucide/svelte/icons/underline';
import { m } from '#lib/paraglide/messages.js';
import type { BlockKind, PlainMark } from '#lib/yjs/page-schema.ts';

/** What a tool looks like, is called, and by which keys it is reached, as `#lib/editor/keys.ts` has them. */
export interface Tool {
  readonly icon: Component;
  readonly label: () => string;
  readonly keys?: string;
}

export const kindTools: Readonly<Record<BlockKind, Tool>> = {
  text: { icon: Pilcrow, label: m.pages_kind_text, keys: 'Mod-Alt-0' },
  'heading-2': { icon: Heading2, label: m.pages_kind_heading_2, keys: 'Mod-Alt-2' },
  'heading-3': { icon: Heading3, label: m.pages_kind_heading_3, keys: 'Mod-Alt-3' },
  'heading-4': { icon: Heading4, label: m.pages_kind_heading_4, keys: 'Mod-Alt-4' },
  bullet: { icon: List, label: m.pages_kind_bullet, keys: 'Mod-Shift-8' },
  number: { icon: ListOrdered, label: m.pages_kind_number, keys: 'Mod-Shift-7' },
  check: { icon: ListTodo, label: m.pages_kind_check, keys: 'Mod-Shift-9' },
  quote: { icon: Quote, label: m.pages_kind_quote },
  callout: { icon: Lightbulb, label: m.pages_kind_callout }
};

export const markTools: Readonly<Record<PlainMark, Tool>> = {
  bold: { icon: Bold, label: m.pages_bold, keys: 'Mod-b' },
  italic: { icon: Italic, label: m.pages_italic, keys: 'Mod-i' },
  underline: { icon: Underline, label: m.pages_underline, keys: 'Mod-u' },
  strike: { icon: Strikethrough, label: m.pages_strike, keys: 'Mod-Shift-x' },
  code: { icon: Code, label: m.pages_code, keys: 'Mod-e' }
};

/**
 * The keys as they stand on the keyboard: "Ctrl+B", "⌘B".
 *
 * @param shift what the key is called that makes capitals
 */
export function keysShown(keys: string, apple: boolean, shift: string): string {
  const parts = keys.split('-').map((part) => {
    if (part === 'Mod') return apple ? '⌘' : 'Ctrl';
    if (part === 'Alt') return apple ? '⌥' : 'Alt';
    if (part === 'Shift') return apple ? '⇧' : shift;
    return part.toUpperCase();
  });
  return parts.join(apple ? '' : '+');
}

/** The same for `aria-keyshortcuts` (WAI-ARIA 1.2). */
export function keysTold(keys: string, apple: boolean): string {
  const parts = keys.split('-').map((part) => {
    if (part === 'Mod') return apple ? 'Meta' : 'Control';
    return part.length === 1 ? part.toUpperCase() : part;
  });
  return parts.join('+');
}
