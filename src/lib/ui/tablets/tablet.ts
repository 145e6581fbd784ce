import type { AccountId, DeviceId, GroupId } from '#lib/domain/ids.ts';

/** What a tablet has said of itself; no names, no times. */
export interface ShownStatus {
  readonly waiting: number;
  readonly files: number;
  readonly drafts: number;
  readonly refused: number;
  /** Megabytes. */
  readonly free?: number;
  readonly app: string;
}

/** A classroom tablet as the screens show one. */
export interface ShownTablet {
  readonly id: DeviceId;
  readonly name: string;
  readonly groups: readonly GroupId[] | 'all';
  readonly teachers: readonly AccountId[];
  /** The day on which it was let in, and by whom; absent: by whoever looks at it. */
  readonly on: string;
  readonly byDisplay?: string | undefined;
  readonly revokedOn?: string | undefined;
  /** This very tablet: what is said of it is how it is now. */
  readonly here: boolean;
  /** What the relay knows of it; absent: it could not be asked. */
  readonly seen?:
    | {
        readonly lastContact: string;
        readonly connected: boolean;
        readonly status?: ShownStatus | undefined;
      }
    | undefined;
}

/** Why one should not leave yet; for this reason it is not green on the board. */
export type Doubt =
  | { readonly is: 'not-asked' }
  /** The very tablet that is looked at has no network. */
  | { readonly is: 'no-network' }
  | { readonly is: 'silent' }
  /** Not connected at this moment: what happened on it since is known to nobody. */
  | { readonly is: 'not-seen'; readonly since: string }
  | Lying;

/** So many of one kind lie on a tablet, and only there. */
export interface Lying {
  readonly is: 'waiting' | 'files' | 'drafts' | 'refused';
  readonly count: number;
}

/**
 * LK5: what speaks against leaving this tablet as it is, worst first; nothing: all of it is on the relay, by the relay's
 * own word of this moment. One that is not connected counts as in doubt, whatever it said before: somebody may have worked
 * on it since.
 */
export function doubts({
  seen,
  here = false
}: Pick<ShownTablet, 'seen'> & Partial<Pick<ShownTablet, 'here'>>): readonly Doubt[] {
  if (!seen) return [{ is: 'not-asked' }];
  const { lastContact, connected, status } = seen;
  const found: Doubt[] = [];
  if (here && !connected) found.push({ is: 'no-network' });
  else if (!connected) found.push({ is: 'not-seen', since: lastContact });
  if (!status) return [...found, { is: 'silent' }];
  for (const is of ['waiting', 'files', 'drafts', 'refused'] as const)
    if (status[is] > 0) found.push({ is, count: status[is] });
  return found;
}

/** What a tablet has now is not known. */
const unsure: ReadonlySet<Doubt['is']> = new Set(['not-asked', 'not-seen', 'no-network', 'silent']);

/**
 * What a tablet has said of what lies on it: as it is now, or as it was on the day of the last contact, since when nobody
 * knows. Nothing: it has never said, or could not be asked about.
 */
export interface Said {
  /** The day on which it was last so; absent: now. */
  readonly on?: string;
  readonly lies: readonly Lying[];
}

/** LK5: what a list may say of a tablet, which is no more than the board knows. */
export function said(tablet: Parameters<typeof doubts>[0]): Said | undefined {
  let on: string | undefined;
  const lies: Lying[] = [];
  for (const doubt of doubts(tablet)) {
    switch (doubt.is) {
      case 'not-asked':
      case 'silent':
        return undefined;
      case 'not-seen':
        on = doubt.since;
        break;
      // The very tablet that is looked at knows itself, also without a network.
      case 'no-network':
        break;
      default:
        lies.push(doubt);
    }
  }
  return on === undefined ? { lies } : { on, lies };
}

/** The sums over all tablets: how many are safe, and what waits on the others as far as they have said. */
export function totals(
  tablets: readonly (Pick<ShownTablet, 'seen'> & Partial<Pick<ShownTablet, 'here'>>)[]
): {
  readonly safe: number;
  readonly of: number;
  readonly unseen: number;
  readonly waiting: number;
} {
  let [safe, unseen, waiting] = [0, 0, 0];
  for (const tablet of tablets) {
    const found = doubts(tablet);
    if (found.length === 0) safe++;
    if (found.some(({ is }) => unsure.has(is))) unseen++;
    const status = tablet.seen?.status;
    if (status) waiting += status.waiting + status.files + status.drafts;
  }
  return { safe, of: tablets.length, unseen, waiting };
}
