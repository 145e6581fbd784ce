import type { BlockId } from '#lib/domain/ids.ts';

/** A paragraph was chosen: which one, and its words. */
export type Pick = (block: BlockId, words: string) => void;
