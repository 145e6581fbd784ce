import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
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

/** What is read of a logged change; its form was checked when it was accepted. */
interface Read {
  readonly actor: AccountId;
  readonly name: string;
  readonly args: {
    readonly account?: AccountId | { readonly id: AccountId; readonly display: string };
    readonly member?: AccountId;
    readonly space?: SpaceId;
    readonly display?: string;
  };
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
      const read = readOf(row);
      const { args, actor, name } = read;
      const whom = typeof args.account === 'object' ? args.account.id : (args.account ?? args.member);
      const home = whom && directory.public(whom)?.home;
      if (actor === account || whom === account) {
        spaces.add(row.space);
        // A request is told at the pupil's home, and answered in the TwinSpace that asked.
        if (home && (name === 'pupil.add-existing' || name === 'member.restore')) spaces.add(home);
        if (args.space) spaces.add(args.space);
      }
      // Who was the home's teacher when this one was asked stands where the pupil waits.
      if (name === 'pupil.add-existing' && home && own.has(home)) spaces.add(row.space);
      const display = displayIn(read, account);
      if (display) displays.add(display);
    }
  }
}

function readOf({ header, payload }: LoggedChange): Read {
  const { actor, name } = JSON.parse(header) as Pick<Read, 'actor' | 'name'>;
  const args = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Read['args'];
  return { actor, name, args };
}

/** The name that a change gave to the account. */
function displayIn({ actor, args }: Read, account: AccountId): string | undefined {
  if (typeof args.account === 'object') return args.account.id === account ? args.account.display : undefined;
  return (args.account ?? args.member ?? actor) === account ? args.display : undefined;
}
