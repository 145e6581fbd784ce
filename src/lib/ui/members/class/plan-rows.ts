import type { AccountId } from '#lib/domain/ids.ts';
import { isDisplay, nameProblems } from '#lib/domain/names.ts';
import { refuse, type Refusal } from '#lib/domain/refusals.ts';
import { isUsername, nameKey } from '#lib/domain/usernames.ts';
import { shortNames } from '#lib/ui/names/short-names.ts';
import type { Holder, MemberHere, UsernamePlan } from '#lib/session/space/username-plan.ts';
import type { DraftRow } from './draft-row.ts';

/** A row, and what will be made of it. */
export interface PlannedRow {
  readonly row: DraftRow;
  /**
   * `ask`: something has to be said of it first (CL15). `twice`: its username stands further up in the list; `again`:
   * its names do (CL4). `no-pupil`: by its role, as the list has it (CL11).
   */
  readonly status: 'ready' | 'ask' | 'mend' | 'twice' | 'again' | 'no-pupil' | Holder | 'added' | 'failed';
  readonly display: string;
  readonly username: string | undefined;
  /** Who it seems to be, with the status `here` (CL12). */
  readonly known?: MemberHere;
  /** Why the number is not 1: another one in the list, or somebody who is known here. */
  readonly clash?: 'list' | 'space';
  readonly problems: Readonly<Record<'given' | 'family' | 'display', readonly Refusal[]>>;
}

const noProblems = { given: [], family: [], display: [] } as const;

/** What the rows so far have come to. */
interface SoFar {
  /** Keys of their usernames. */
  readonly taken: Map<string, 'list' | 'space'>;
  /** For each base the number to go on from. */
  readonly numbers: Map<string, number>;
  /** Whom a row already stands for, or has made: nobody stands twice in a list. */
  readonly claimed: Set<AccountId>;
  /** By their names, with which usernames of the list somebody stands further up in it. */
  readonly named: Map<string, Set<string>>;
}

/** Rows that come to somebody, or may once they are tried again. */
const somebody: ReadonlySet<PlannedRow['status']> = new Set([
  ...(['ready', 'failed', 'added', 'here', 'removed', 'elsewhere'] as const)
]);

/**
 * CL1, CL4: what each row of a list comes to: the names as they will be written, the username with the first number
 * that nobody has, here or further up in the list. Whoever stands in the list with a username that somebody has
 * already is that somebody, and so is whoever has the names of a member: nothing changes (CL5, CL12). Whoever has the
 * names of somebody further up is no second pupil until that is said.
 */
export function planRows(rows: readonly DraftRow[], plan: UsernamePlan): readonly PlannedRow[] {
  const planned: PlannedRow[] = [];
  const claimed = claimedBy(rows, plan);
  const soFar: SoFar = { taken: new Map(), numbers: new Map(), claimed, named: new Map() };
  for (const row of rows) {
    const one = planRow(row, plan, soFar);
    if (one.username && one.status !== 'mend') soFar.taken.set(nameKey(one.username), 'list');
    if (somebody.has(one.status)) {
      const key = namesOf(row, plan);
      soFar.named.set(key, (soFar.named.get(key) ?? new Set()).add(row.person.username));
    }
    planned.push(one);
  }
  return planned;
}

/** What the list calls a pupil, whether written with accents, spaces, hyphens or not. */
function namesOf({ real }: DraftRow, plan: UsernamePlan): string {
  const base = plan.base(real.given, real.family.trim() || 'x');
  return base?.replaceAll('-', '') ?? `${real.given} ${real.family}`;
}

/** CL4: says whether a row names somebody further up in the list; whom usernames tell apart are two. */
function isAgain(row: DraftRow, plan: UsernamePlan, { named }: SoFar): boolean {
  const above = named.get(namesOf(row, plan));
  const { username } = row.person;
  return above !== undefined && (username === '' || above.has('') || above.has(username));
}

/** Whoever was added from this list, and whom it names by username, is nobody else's namesake in it. */
function claimedBy(rows: readonly DraftRow[], plan: UsernamePlan): Set<AccountId> {
  return new Set(
    rows.flatMap(({ fate, username, somebodyElse }) => {
      if (fate?.is === 'added') return [fate.account];
      const named = username !== '' && !somebodyElse && plan.member(username);
      return named ? [named.account] : [];
    })
  );
}

function planRow(row: DraftRow, plan: UsernamePlan, soFar: SoFar): PlannedRow {
  const { taken, numbers } = soFar;
  const [given, family] = [row.given.trim(), row.family.trim()];
  const display = (row.display ?? `${row.real.given.trim()} ${row.real.family.trim()}`).trim();
  const { fate } = row;
  if (fate?.is === 'added') {
    return { row, status: 'added', display, username: fate.username, problems: noProblems };
  }
  const holder = row.username === '' ? undefined : plan.holder(row.username);
  /** The list's username, unless it was said that it is another one's. */
  const listed = holder === 'here' && row.somebodyElse ? '' : row.username;
  if (listed !== '') {
    const twice = taken.has(nameKey(listed));
    if (holder || twice) {
      const known = holder === 'here' ? plan.member(listed) : undefined;
      const status = holder ?? 'twice';
      return { row, status, display, username: listed, problems: noProblems, ...(known ? { known } : {}) };
    }
  }
  if (row.ask) return { row, status: 'ask', display, username: undefined, problems: noProblems };
  const known = row.somebodyElse ? undefined : namesakeOf(row, plan, soFar.claimed);
  if (known) {
    soFar.claimed.add(known.account);
    return { row, status: 'here', display, username: known.username, problems: noProblems, known };
  }
  if (row.role === undefined) {
    return { row, status: 'no-pupil', display, username: undefined, problems: noProblems };
  }
  if (!row.somebodyElse && isAgain(row, plan, soFar)) {
    return { row, status: 'again', display, username: undefined, problems: noProblems };
  }
  const base = plan.base(given, family);
  const names = { given: nameProblems(given), family: nameProblems(family) };
  const wrong = names.given.length > 0 || names.family.length > 0;
  const unwritable = !wrong && !base ? [refuse('name-unwritable')] : [];
  const problems = {
    given: [...names.given, ...unwritable],
    family: names.family,
    display: wrong || isDisplay(display) ? [] : [refuse('display-invalid')]
  };
  if (wrong || !base || problems.display.length > 0) {
    return { row, status: 'mend', display, username: undefined, problems };
  }
  const status = fate ? 'failed' : 'ready';
  if (isUsername(listed)) return { row, status, display, username: listed, problems };
  const { username, clash } = firstFree(base, plan, taken, numbers);
  return { row, status, display, username, problems, ...(clash ? { clash } : {}) };
}

/** CL12: the member whom a row seems to be: by the names that were pasted, by those chosen since, or by their initials. */
function namesakeOf(
  { real, given, family }: DraftRow,
  plan: UsernamePlan,
  claimed: ReadonlySet<AccountId>
): MemberHere | undefined {
  const written = [real, { given, family }, shortNames(real.given, real.family)];
  for (const names of written) {
    const found = names && plan.namesakes(names.given, names.family);
    const free = found?.find(({ account }) => !claimed.has(account));
    if (free) return free;
  }
  return undefined;
}

/** UN4, among all that are known here and in the list; each number of a base is asked for once. */
function firstFree(
  base: string,
  plan: UsernamePlan,
  taken: ReadonlyMap<string, 'list' | 'space'>,
  numbers: Map<string, number>
): { readonly username: string; readonly clash?: 'list' | 'space' } {
  let clash: 'list' | 'space' | undefined;
  const from = numbers.get(base) ?? 1;
  if (from > 1) clash = 'list';
  for (let number = from; ; number++) {
    const username = `${base}.${number}`;
    const inList = taken.has(nameKey(username));
    if (!inList && !plan.holder(username)) {
      numbers.set(base, number + 1);
      return { username, ...(clash ? { clash } : {}) };
    }
    clash = inList ? 'list' : 'space';
  }
}
