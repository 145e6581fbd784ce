import type { ChangeId } from '#lib/domain/ids.ts';
import type { OutboxRow } from './database.ts';
import { waitingDraft } from './drafts.ts';

type Signed = Pick<OutboxRow, 'actor' | 'space' | 'name' | 'signed'>;

/**
 * DR3: what need not be sent any more once these are kept: earlier texts of the same author for the same place, signed
 * with the same key, of which no copy can be anywhere else. One that may be elsewhere stays: were it to arrive after
 * the newer one, it would stand instead of it, where its own id, known already, does nothing twice.
 */
export function superseded(
  waiting: readonly OutboxRow[],
  newer: readonly Signed[]
): readonly OutboxRow['seq'][] {
  const slots = new Set(newer.flatMap(slotOf));
  const needed = new Set([...waiting, ...newer].flatMap((row) => headerOf(row).after ?? []));
  return waiting
    .filter(({ onlyHere, state, id }) => onlyHere === true && state.is === 'waiting' && !needed.has(id))
    .filter((row) => slotOf(row).some((slot) => slots.has(slot)))
    .map(({ seq }) => seq);
}

/** The draft that a change brings, and the key that signed it. */
function slotOf(row: Signed): readonly string[] {
  if (row.name !== 'draft.keep') return [];
  const { key } = headerOf(row);
  return key === undefined ? [] : waitingDraft(row).map((draft) => `${draft}/${key}`);
}

function headerOf({ signed }: Pick<OutboxRow, 'signed'>): {
  readonly key?: string;
  readonly after?: readonly ChangeId[];
} {
  try {
    return JSON.parse(signed.header) as { readonly key?: string; readonly after?: readonly ChangeId[] };
  } catch {
    // Somebody with developer tools spoiled the row: it goes as it is, and the relay says so.
    return {};
  }
}
