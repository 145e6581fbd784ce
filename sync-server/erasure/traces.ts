import { aboutWhat, aboutWhom } from '#lib/domain/about.ts';
import { newAccountIn } from '#lib/domain/brought.ts';
import type { Change } from '#lib/domain/change.ts';
import { commands } from '#lib/domain/commands/table.ts';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import { spacesNamed } from '#lib/domain/named.ts';
import { textIn } from '#lib/domain/texts.ts';
import type { Core } from '#relay/core.ts';
import type { LoggedChange } from '#relay/storage/change-store.ts';

/** Where an account has left anything, whether or not it is still a member there. */
export interface Traces {
  /** The last change of the log that was looked at. */
  readonly upTo: number;
  readonly spaces: ReadonlySet<SpaceId>;
  /** Every name under which it ever stood anywhere: what others were told of it has no id (JO4, JO5, KE9). */
  readonly displays: ReadonlySet<string>;
}

/** Changes looked through at a time. */
const batch = 500;

/**
 * ER5: the traces of an account by the log. Requests are made in one TwinSpace and told in another, and those that
 * ended stand in no record any more, only in a document's history.
 *
 * ER10: reading the whole log takes a while, so it is done before the lock is taken; under it only what came since.
 *
 * @param before what was found before, if it was looked for
 */
export async function tracesOf(
  { storage, truth }: Pick<Core, 'storage' | 'truth'>,
  account: AccountId,
  before: Traces = { upTo: 0, spaces: new Set(), displays: new Set() }
): Promise<Traces> {
  const directory = await truth.directory();
  const own = new Set(directory.spaces(account));
  const spaces = new Set([...before.spaces, ...own]);
  const displays = new Set(before.displays);
  for (let from = before.upTo; ;) {
    const rows = await storage.changes.after(from, batch);
    const last = rows.at(-1);
    if (!last) return { upTo: from, spaces, displays };
    from = last.seq;
    for (const row of rows) {
      if (row.payload === '') continue;
      // Of what somebody wrote in a page nothing is told elsewhere.
      if (row.name === 'edit') {
        if (row.actor === account) spaces.add(row.space);
        continue;
      }
      const change = changeOf(row);
      const about = aboutWhat(change);
      const whom = about?.is === 'account' ? about.id : undefined;
      const home = whom && directory.public(whom)?.home;
      const { tellsHome } = commands[change.name].facts;
      if (change.actor === account || whom === account) {
        spaces.add(row.space);
        // A request is told at the pupil's home, and answered in the TwinSpace that asked.
        if (home && tellsHome) spaces.add(home);
        for (const space of spacesNamed(change)) spaces.add(space);
      }
      // Who was the home's teacher when this one was asked stands where the pupil waits.
      if (tellsHome === 'asks' && home && own.has(home)) spaces.add(row.space);
      const display = newAccountIn(change)?.display ?? textIn(change, 'display');
      if (display && aboutWhom(change) === account) displays.add(display);
    }
  }
}

/** What is read of a logged change; its form was checked when it was accepted. */
function changeOf({ header, payload }: LoggedChange): Pick<Change, 'actor' | 'name' | 'args'> {
  const { actor, name } = JSON.parse(header) as Pick<Change, 'actor' | 'name'>;
  const args = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Change['args'];
  return { actor, name, args };
}
