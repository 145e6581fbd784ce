import { untrack } from 'svelte';
import type { GroupId } from '#lib/domain/ids.ts';
import { sameLabel } from '#lib/domain/names.ts';
import { childPassword } from '#lib/domain/passwords.ts';
import { noChoices, type ListChoices, type RowAnswer } from '#lib/tables/choices.ts';
import { alternativesFor, type Alternative } from '#lib/tables/alternatives.ts';
import type { Encoding } from '#lib/tables/encodings.ts';
import { readTable, type Table } from '#lib/tables/read-table.ts';
import { readList, type Reading } from '#lib/tables/reading.ts';
import { pickRandom } from '#lib/ui/members/pick-random.ts';
import type { NewPupil } from '#lib/session/space/add-pupil.ts';
import { drawPictures } from '#lib/ui/pictures/draw-pictures.ts';
import { answerOf, placeOf, rereadRows, type DraftRow, type ForAll } from './draft-row.ts';
import { listedGroups, type ListedGroup } from './listed.ts';
import type { UsernamePlan } from '#lib/session/space/username-plan.ts';
import { planRows, type PlannedRow } from './plan-rows.ts';

const noTable: Table = { rows: [], delimiter: ',', commaNames: false, encoding: 'utf-8', guessed: false };

/** What stands in the way of adding one by one: none of it, or where it stands. */
export type Counts = Readonly<Record<PlannedRow['status'], number>>;

/**
 * A class on its way into a TwinSpace: the rows of the list, and what will be made of them. Lives on the page and in
 * memory only: names and passwords are gone with it.
 */
export class ClassDraft {
  rows: readonly DraftRow[] = $state.raw([]);
  forAll: ForAll = $state.raw({ listedGroups: 'asked', school: '', className: '', pictures: false });
  /** How the list is read now. */
  reading: Reading = $state.raw({ columns: [], people: [], asks: undefined, left: [], repeated: 0 });
  readonly #plan: UsernamePlan;
  readonly #words: readonly string[];
  readonly #bytes: Uint8Array | undefined;
  #table: Table = $state.raw(noTable);
  #choices = noChoices;
  /** The places of the rows that were left out. */
  readonly #dropped = new Set<string>();

  /** @param bytes the file from which the table comes; undefined: it was pasted */
  constructor(table: Table, bytes: Uint8Array | undefined, plan: UsernamePlan, words: readonly string[]) {
    this.#bytes = bytes;
    this.#plan = plan;
    this.#words = words;
    this.#table = table;
    this.#read();
  }

  /** CL15: something is said of the list or of a row of it: it is read anew. Rows that stay the same keep what was done. */
  choose(by: (before: ListChoices) => ListChoices): void {
    this.#choices = by(this.#choices);
    this.#read();
  }

  /** CL15: what a row asks is answered. */
  answer({ person }: DraftRow, answer: RowAnswer): void {
    this.choose((before) => ({ ...before, rows: new Map([...before.rows, [person.row, answer]]) }));
  }

  /** Rows of which nothing is asked but where their name is parted; whoever tells another order is asked alone. */
  readonly unsureNames: readonly DraftRow[] = $derived(
    this.rows.filter(
      ({ ask }) =>
        ask?.is === 'order' && ask.over === '' && ask.readings.some(({ givens }) => givens !== undefined)
    )
  );

  /** CL15: all names of which that is asked are right as they are shown. */
  agreeNames(): void {
    const answers = this.unsureNames.flatMap(({ ask, person }): [number, RowAnswer][] => {
      const [reading] = ask?.is === 'order' ? ask.readings : [];
      return reading ? [[person.row, answerOf(reading)]] : [];
    });
    this.choose((before) => ({ ...before, rows: new Map([...before.rows, ...answers]) }));
  }

  /** TA17: how the letters of the file can be read, where it does not say so; nothing where there is only one way. */
  readonly letters: readonly Alternative[] = $derived.by(() => {
    if (!this.#bytes || !this.#table.guessed) return [];
    return alternativesFor(this.#bytes, this.#table.encoding);
  });

  get encoding(): Encoding {
    return this.#table.encoding;
  }

  /** TA17: the letters of the file are to be read so. */
  decodeAs(encoding: Encoding): void {
    const table = this.#bytes ? readTable(this.#bytes, encoding) : this.#table;
    if ('unreadable' in table) return;
    this.#table = table;
    this.#read();
  }

  #read(): void {
    this.reading = readList(this.#table, this.#choices);
    const people = this.reading.people.filter((person) => !this.#dropped.has(placeOf(person)));
    this.rows = rereadRows(this.rows, people, () => this.#password());
  }

  /**
   * Planned anew when a row changes, not whenever something arrives from elsewhere: while a class is sent, much does.
   * Who is known by then is asked each time, and the relay has the last word on a number (UN5).
   */
  readonly planned: readonly PlannedRow[] = $derived.by(() => {
    const { rows } = this;
    return untrack(() => planRows(rows, this.#plan));
  });

  readonly counts: Counts = $derived.by(() => {
    const counts = {
      ready: 0,
      ask: 0,
      mend: 0,
      twice: 0,
      again: 0,
      'no-pupil': 0,
      here: 0,
      removed: 0,
      elsewhere: 0,
      added: 0,
      failed: 0
    };
    for (const { status } of this.planned) counts[status]++;
    return counts;
  });

  /** So many rows wait for somebody: to be answered, mended or left out. */
  readonly toMend: number = $derived(this.planned.filter(({ status }) => needsMending(status)).length);

  /** The rows that can be added now, those that failed before included. */
  readonly addable: readonly PlannedRow[] = $derived(
    this.planned.filter(({ status }) => status === 'ready' || status === 'failed')
  );

  /** CL11: the roles of the list of which it is not said that they are a pupil's, where several have one. */
  readonly strangeRoles: readonly { readonly says: string; readonly count: number }[] = $derived.by(() => {
    const counts = new Map<string, number>();
    for (const { status, row } of this.planned) {
      if (status === 'no-pupil') counts.set(row.listed.role, (counts.get(row.listed.role) ?? 0) + 1);
    }
    return [...counts].flatMap(([says, count]) => (count > 1 ? { says, count } : []));
  });

  change(line: number, by: (row: DraftRow) => DraftRow): void {
    this.rows = this.rows.map((row) => (row.line === line ? by(row) : row));
  }

  /** Rows that make nothing stay as they are; whoever seems to be here may turn out to be somebody else. */
  changeAll(by: (row: DraftRow) => DraftRow): void {
    const settled = new Set(
      this.planned.filter(({ status }) => status !== 'here' && isSettled(status)).map(({ row }) => row.line)
    );
    this.rows = this.rows.map((row) => (settled.has(row.line) ? row : by(row)));
  }

  /** CL4, CL12: all who seem to be here already, or stand further up in the list, are other people. */
  othersAll(seem: 'here' | 'again'): void {
    const of = new Set(this.planned.filter(({ status }) => status === seem).map(({ row }) => row.line));
    this.rows = this.rows.map((row) => (of.has(row.line) ? { ...row, somebodyElse: true } : row));
  }

  /** Leaves a row out; the answer puts it back where it was. */
  drop(line: number): () => void {
    const dropped = this.rows.find((row) => row.line === line);
    if (!dropped) return () => undefined;
    this.#dropped.add(placeOf(dropped.person));
    this.rows = this.rows.filter((row) => row.line !== line);
    return () => {
      this.#dropped.delete(placeOf(dropped.person));
      this.rows = [...this.rows, dropped].sort((a, b) => a.line - b.line);
    };
  }

  /** Another password for a row (PW4). */
  renewPassword(line: number): void {
    this.change(line, (row) => ({ ...row, password: this.#password() }));
  }

  /** CL17: new passwords in the place of those of the list. */
  renewListedPasswords(): void {
    this.changeAll((row) =>
      row.password === row.person.password ? { ...row, password: this.#password() } : row
    );
  }

  /** CL16: the groups that the list names. */
  readonly listedGroups: readonly ListedGroup[] = $derived(listedGroups(this.rows));

  /** CL16: it has not been said yet whether they are used. */
  readonly asksGroups: boolean = $derived(
    this.listedGroups.length > 0 && this.forAll.listedGroups === 'asked'
  );

  /** The classes that are needed before these rows can be added. */
  classNames(): readonly string[] {
    const names = [this.forAll.className.trim()];
    if (this.forAll.listedGroups === 'yes')
      names.push(...this.addable.flatMap(({ row }) => this.#groupOf(row) ?? []));
    return [...new Set(names)].filter((name) => name !== '');
  }

  /**
   * A row as it is handed over to be added.
   *
   * @param classes by the names that `classNames` gave
   */
  pupil({ row, display, username }: PlannedRow, classes: ReadonlyMap<string, GroupId>): NewPupil {
    const { school, className, pictures, listedGroups: put } = this.forAll;
    const own = put === 'yes' ? this.#groupOf(row) : undefined;
    const names = own === undefined ? [className.trim()] : [className.trim(), own];
    const groups = new Set(names.flatMap((name) => classes.get(name) ?? []));
    return {
      given: row.given.trim(),
      family: row.family.trim(),
      display,
      username: username ?? '',
      password: row.password,
      role: row.role ?? 'pupil',
      school: school.trim(),
      ...(groups.size > 0 ? { groups: [...groups] } : {}),
      ...(pictures ? { pictures: drawPictures() } : {})
    };
  }

  /** The list's group of a row, as it is written the first time. */
  #groupOf({ person }: DraftRow): string | undefined {
    return this.listedGroups.find(({ name }) => sameLabel(name, person.group))?.name;
  }

  #password(): string {
    return childPassword(this.#words, pickRandom);
  }
}

/** Whether a row waits for somebody before it can be added. */
export function needsMending(status: PlannedRow['status']): boolean {
  return ['ask', 'mend', 'failed', 'twice', 'again', 'no-pupil'].includes(status);
}

/** Whether nothing more can be done with a row here. */
export function isSettled(status: PlannedRow['status']): boolean {
  return status === 'added' || status === 'here' || status === 'removed' || status === 'elsewhere';
}
