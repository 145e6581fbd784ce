import { isDisplay, nameProblems } from '#lib/domain/names.ts';
import { refuse, type Refusal } from '#lib/domain/refusals.ts';
import { isUsername, nameKey } from '#lib/domain/usernames.ts';
import type { DraftRow } from './draft-row.ts';

/** Who has a username already, as far as is known on this device. */
export type Holder = 'here' | 'removed' | 'elsewhere';

/** What rows are planned with. */
export interface Plan {
  /** UN1–UN3: the username without its number; undefined when a name cannot be written in Latin letters. */
  readonly base: (given: string, family: string) => string | undefined;
  readonly holder: (username: string) => Holder | undefined;
}

/** A row, and what will be made of it. */
export interface PlannedRow {
  readonly row: DraftRow;
  /** `twice`: its username stands further up in the list. `no-pupil`: by its role, as the list has it (CL11). */
  readonly status: 'ready' | 'mend' | 'twice' | 'no-pupil' | Holder | 'added' | 'failed';
  readonly display: string;
  readonly username: string | undefined;
  /** Why the number is not 1: another one in the list, or somebody who is known here. */
  readonly clash?: 'list' | 'space';
  readonly problems: Readonly<Record<'given' | 'family' | 'display', readonly Refusal[]>>;
}

const noProblems = { given: [], family: [], display: [] } as const;

/**
 * CL1, CL4: what each row of a list comes to: the names as they will be written, the username with the first number
 * that nobody has, here or further up in the list. Whoever stands in the list with a username that somebody has
 * already is that somebody: nothing changes (CL5).
 */
export function planRows(rows: readonly DraftRow[], plan: Plan): readonly PlannedRow[] {
  const planned: PlannedRow[] = [];
  /** Keys of the usernames of this list so far; and for each base the number to go on from. */
  const taken = new Map<string, 'list' | 'space'>();
  const numbers = new Map<string, number>();
  for (const row of rows) {
    const one = planRow(row, plan, taken, numbers);
    if (one.username && one.status !== 'mend') taken.set(nameKey(one.username), 'list');
    planned.push(one);
  }
  return planned;
}

function planRow(
  row: DraftRow,
  plan: Plan,
  taken: ReadonlyMap<string, 'list' | 'space'>,
  numbers: Map<string, number>
): PlannedRow {
  const [given, family] = [row.given.trim(), row.family.trim()];
  const display = (row.display ?? `${given} ${family}`).trim();
  const { fate } = row;
  if (fate?.is === 'added') {
    return { row, status: 'added', display, username: fate.username, problems: noProblems };
  }
  if (row.username !== '') {
    const holder = plan.holder(row.username);
    const twice = taken.has(nameKey(row.username));
    if (holder || twice) {
      return { row, status: holder ?? 'twice', display, username: row.username, problems: noProblems };
    }
  }
  if (row.role === undefined) {
    return { row, status: 'no-pupil', display, username: undefined, problems: noProblems };
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
  if (isUsername(row.username)) return { row, status, display, username: row.username, problems };
  const { username, clash } = firstFree(base, plan, taken, numbers);
  return { row, status, display, username, problems, ...(clash ? { clash } : {}) };
}

/** UN4, among all that are known here and in the list; each number of a base is asked for once. */
function firstFree(
  base: string,
  plan: Plan,
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
