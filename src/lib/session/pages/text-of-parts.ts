import { pageFromParts } from '#lib/yjs/page-from-parts.ts';
import type { Part } from '#lib/yjs/page-tree.ts';
import type { PageText } from '../work/page-text.ts';
import { freshClient } from './sign-edit.ts';

/** ON1: the text of a page that reads as these parts. Pages that are made in one go may have the same. */
export function textOfParts(parts: readonly Part[]): PageText {
  const client = freshClient();
  return { client, updates: pageFromParts(parts, client) };
}
