import { getContext, setContext } from 'svelte';
import type { HTMLInputAttributes } from 'svelte/elements';

const key = Symbol('password keeping');

/** Says to all fields below whether the browser may keep what is typed into them. */
export function providePasswordKeeping(may: () => boolean): void {
  setContext(key, may);
}

/** Whether the browser may offer to keep passwords and names here: not on a tablet that many hands share. */
export function passwordKeeping(): () => boolean {
  return getContext<(() => boolean) | undefined>(key) ?? (() => true);
}

/** What password managers look for in a field that is none of theirs: each has a word of its own. */
export const unkept = {
  'data-1p-ignore': '',
  'data-bwignore': '',
  'data-lpignore': 'true',
  'data-form-type': 'other'
} as const satisfies HTMLInputAttributes;
