/** A paragraph was chosen: which one, and its words. */
export type Pick = (block: string, words: string) => void;
