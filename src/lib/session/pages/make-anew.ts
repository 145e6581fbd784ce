import { fromBase64Url } from '#lib/crypto/encoding.ts';
import type { Behalf } from '#lib/domain/change.ts';
import { decideEdit } from '#lib/domain/decide.ts';
import type { PageId, SpaceId } from '#lib/domain/ids.ts';
import type { RefusalCode } from '#lib/domain/refusals.ts';
import { pageRoom } from '#lib/protocol/rooms.ts';
import type { TrayRow } from '#lib/store/database.ts';
import { editsOf } from '#lib/store/writings.ts';
import { readPageText, textOver } from '#lib/sync/working-page.ts';
import { remint } from '#lib/yjs/remint.ts';
import { done, failed, refused, type Result } from '../device/result.ts';
import type { Bench } from '../work/bench.ts';
import { editOf } from '../work/view.ts';
import { freshClient, submitEdit } from './sign-edit.ts';

/** Refused for what it hung on, not for what it is: it is done anew by itself. */
const byItself: ReadonlySet<RefusalCode> = new Set(['foreign-client', 'incomplete', 'depends-on-refused']);

/** So often a page's refused edits are done anew by themselves in one session: what is refused again is looked at by its author. */
const mostTimes = 5;

/** WR6: does anew, in their author's name, what was refused only for what it hung on. */
export class MakingAnew {
  readonly #work: Bench;
  readonly #times = new Map<PageId, number>();

  constructor(work: Bench) {
    this.#work = work;
  }

  async all(rows: readonly TrayRow[]): Promise<void> {
    for (const row of rows) {
      const { actor, page, refusal, left } = row;
      if (!page || actor !== this.#work.session.account || left !== undefined) continue;
      const times = this.#times.get(page) ?? 0;
      if (!byItself.has(refusal.refused) || times >= mostTimes) continue;
      const answer = await doAnew(this.#work, row);
      if (answer.ok) this.#times.set(page, times + 1);
    }
  }
}

/**
 * WR6: an edit of the tray, done anew on the page as it is today in the name of whoever is signed in. What has no place
 * in it any more stays in the tray, readable.
 */
export async function doAnew(work: Bench, row: TrayRow, behalf?: Behalf): Promise<Result<void>> {
  const edit = editOf(row);
  if (!edit || row.left !== undefined) return failed('signature-wrong');
  const { space, page } = edit;
  const { session, device, today: now, view, app } = work;
  const wished = { ...edit, actor: session.account, key: session.key, device: device.id };
  const may = decideEdit(
    work.stateOf(space),
    { ...wished, ...(behalf ? { behalf } : {}) },
    { devices: [device], now, directory: view.directory }
  );
  if (may) return refused(may);
  const { before, today } = await asItWas(work, space, page);
  const client = freshClient();
  const { update, left } = remint(fromBase64Url(row.signed.payload), before, today, client);
  before.destroy();
  today.destroy();
  if (update) await submitEdit(work, { space, page, client, updates: [update], behalf, anew: { row, left } });
  else await app.db.tray.update(row.id, { left });
  return update ? done(undefined) : failed('place-gone');
}

/** The page as it is here today, and as it was with all that was refused here. */
async function asItWas({ app: { db } }: Bench, space: SpaceId, page: PageId) {
  const confirmed = await readPageText(db, pageRoom(space, page));
  const waiting = (await editsOf(db, page)).map(({ signed }) => fromBase64Url(signed.payload));
  const tray = await db.tray.filter((one) => one.page === page).toArray();
  const fallen = tray.map(({ signed }) => fromBase64Url(signed.payload));
  const texts = { today: textOver(confirmed, waiting), before: textOver(confirmed, [...fallen, ...waiting]) };
  confirmed.destroy();
  return texts;
}
