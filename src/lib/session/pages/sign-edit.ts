import { fromBase64Url } from '#lib/crypto/encoding.ts';
import type { Behalf } from '#lib/domain/change.ts';
import type { ChangeId, PageId, SpaceId } from '#lib/domain/ids.ts';
import { readHeader, signEdit, type EditHeader } from '#lib/protocol/change.ts';
import { pageRoom } from '#lib/protocol/rooms.ts';
import type { OutboxRow, TrayRow, WritingRow } from '#lib/store/database.ts';
import { noteWriter } from '#lib/store/documents.ts';
import { editsOf, queueEdit } from '#lib/store/writings.ts';
import { mergeEdits } from '#lib/sync/working-page.ts';
import type { Bench } from '../work/bench.ts';
import { afterAll, newEdit } from '../work/first-edits.ts';

/** WR3: edits are put together up to so many bytes. */
const mostTogether = 64 * 1024;

/** A clientID that nobody has; the first ones are kept for the relay (PG12). */
export function freshClient(): number {
  return Math.max(16, crypto.getRandomValues(new Uint32Array(1))[0] ?? 0);
}

/** What somebody wrote in a page, before it is signed. */
export interface Written {
  readonly space: SpaceId;
  readonly page: PageId;
  readonly client: number;
  readonly updates: readonly Uint8Array<ArrayBuffer>[];
  /** The stored typing that goes into it. */
  readonly typed?: readonly WritingRow[];
  readonly behalf?: Behalf | undefined;
  /** WR6: what of the tray it does anew, and what of that has no place any more. */
  readonly anew?: { readonly row: TrayRow; readonly left: string };
}

/** An edit of the outbox that may still become another one. */
interface Open {
  readonly row: OutboxRow;
  readonly header: EditHeader;
}

/**
 * WR1, WR3: signs what was written as one edit of the signed-in person, after all that waits in the page here, and keeps
 * it. The last edit of the page, where it is the same person's under the same clientID and nobody else has a copy, becomes
 * one with it.
 */
export async function submitEdit(work: Bench, written: Written): Promise<ChangeId> {
  const { app, session } = work;
  const { client, typed = [], anew } = written;
  for (;;) {
    const last = (await editsOf(app.db, written.page)).at(-1);
    const news = mergeEdits(written.updates);
    const open = last && openFor(last, written);
    const together = open && mergeEdits([fromBase64Url(open.row.signed.payload), news]);
    const joined = together && together.byteLength <= mostTogether ? { open, together } : undefined;
    const settled = last?.state.is === 'accepted';
    const before = joined
      ? joined.open.header
      : afterAll(work, work.view.waiting, written.page, settled ? undefined : last);
    const edit = newEdit(work, written, before);
    const signed = await signEdit(edit, client, joined?.together ?? news, session.signing);
    const { id, space, actor, page } = edit;
    const row = { id, space, actor, name: 'page.edit', page, signed } as const;
    const queued = { row, typed, instead: joined?.open.row, last, anew };
    if (!(await app.care.kept(() => queueEdit(app.db, queued)))) continue;
    await noteWriter(app.db, pageRoom(space, page), { client, account: actor });
    return id;
  }
}

function openFor(row: OutboxRow, { client, behalf }: Written): Open | undefined {
  if (row.onlyHere !== true || row.state.is !== 'waiting' || behalf) return undefined;
  const header = readHeader(row.signed.header);
  const same = 'kind' in header && header.kind === 'edit' && header.client === client && !header.behalf;
  return same ? { row, header } : undefined;
}
