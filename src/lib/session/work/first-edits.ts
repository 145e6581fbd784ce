import type { Behalf, Edit } from '#lib/domain/change.ts';
import type { ChangeId, PageId } from '#lib/domain/ids.ts';
import { signEdit } from '#lib/protocol/change.ts';
import type { OutboxRow } from '#lib/store/database.ts';
import type { NewRow } from '#lib/store/outbox.ts';
import type { Bench } from './bench.ts';
import type { PageText } from './page-text.ts';
import { makersOf, type Pending } from './view.ts';

/** ON2: the signed edits with which a page begins, after all that made it and its author. */
export async function firstEdits(
  work: Bench,
  { space, page }: Pick<Edit, 'space' | 'page'>,
  { client, updates }: PageText,
  pending: readonly Pending[]
): Promise<readonly NewRow[]> {
  const rows: NewRow[] = [];
  for (const update of updates) {
    const edit = newEdit(work, { space, page }, afterAll(work, pending, page, rows.at(-1)));
    const signed = await signEdit(edit, client, update, work.session.signing);
    rows.push({ id: edit.id, space, actor: edit.actor, name: 'page.edit', page, signed });
  }
  return rows;
}

/** After whatever made the page and its author, and the edit of the page that is the last one here and has not arrived. */
export function afterAll(
  { session }: Bench,
  pending: readonly Pending[],
  page: PageId,
  last: Pick<OutboxRow, 'id' | 'actor'> | undefined
): Pick<Edit, 'after' | 'afterBy'> {
  const before = [...makersOf(pending, [session.account, page]).slice(-15), ...(last ? [last] : [])];
  return { after: before.map(({ id }) => id), afterBy: before.map(({ actor }) => actor) };
}

/** An edit of the signed-in person, to be signed. */
export function newEdit(
  { session, device, today }: Bench,
  { space, page, behalf }: Pick<Edit, 'space' | 'page'> & { readonly behalf?: Behalf | undefined },
  { after, afterBy }: Pick<Edit, 'after' | 'afterBy'>
): Edit {
  return {
    id: crypto.randomUUID() as ChangeId,
    space,
    page,
    device: device.id,
    session: session.id,
    actor: session.account,
    key: session.key,
    after,
    ...(afterBy ? { afterBy } : {}),
    at: today,
    ...(behalf ? { behalf } : {})
  };
}
