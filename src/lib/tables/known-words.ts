import { folded } from './folded.ts';

/** The words of a text, each as `folded` writes it. */
export function knownWords(text: string): ReadonlySet<string> {
  return new Set(
    text
      .split(/\s+/)
      .map(folded)
      .filter((word) => word !== '')
  );
}
