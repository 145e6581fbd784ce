import { newAccountIn } from '#lib/domain/brought.ts';
import type { Change, ChangeName } from '#lib/domain/change.ts';
import { textIn } from '#lib/domain/texts.ts';

/** A refused change: a command with its arguments, or an edit with its words. */
interface Refused {
  readonly name: ChangeName;
  readonly args?: Change['args'];
  readonly words?: string;
}

/** What somebody wrote in a change, readable as it is (TR1): a text or a name; undefined where nothing was written. */
export function contentOf({ name, args, words }: Refused): string | undefined {
  if (words !== undefined || args === undefined || name === 'page.edit') return words;
  const change = { name, args };
  return textIn(change, 'words') ?? newAccountIn(change)?.username;
}
