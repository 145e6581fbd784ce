import type { Snippet } from 'svelte';
import type { MediaWords } from '#lib/editor/media.ts';

/** Shows what is in the TwinSpace already; tells what was taken of it, and that it is closed. */
export type Library = Snippet<[onput: (words: readonly MediaWords[]) => void, onclose: () => void]>;
