import { newAccountIn } from '#lib/domain/brought.ts';
import type { Change } from '#lib/domain/change.ts';
import { textIn } from '#lib/domain/texts.ts';

/** What somebody wrote in a change, readable as it is (TR1): a text or a name; undefined where nothing was written. */
export function contentOf(change: Pick<Change, 'name' | 'args'>): string | undefined {
  return textIn(change, 'words') ?? newAccountIn(change)?.username;
}
