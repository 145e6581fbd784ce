import type { AccountId, GroupId } from '#lib/domain/ids.ts';
import type { PupilCard } from '#lib/ui/members/cards/card.ts';
import type { NewPupil } from '#lib/session/space/add-pupil.ts';
import type { Problem, Result } from '#lib/session/device/result.ts';
import type { ClassDraft } from './class-draft.svelte.ts';
import type { Fate } from './draft-row.ts';

interface Added {
  readonly account: AccountId;
  readonly username: string;
  readonly pictures: boolean;
}

/** The class of this name: one that is here, or made now. */
export type ClassNamed = (name: string) => Promise<Result<GroupId>>;

/** Adds pupils part by part, as the session layer does it. */
export type AddAll = (
  pupils: readonly NewPupil[],
  how: {
    readonly onprogress: (told: {
      readonly from: number;
      readonly answers: readonly Result<Added>[];
    }) => void;
    readonly signal: AbortSignal;
  }
) => Promise<'done' | 'stopped' | 'storage-full'>;

/** Where the adding of a class stands. */
export type RunState =
  | { readonly is: 'idle' | 'done' }
  /** The class could not be made: nobody was added. */
  | { readonly is: 'no-class'; readonly problem: Problem }
  | { readonly is: 'adding' | 'stopped' | 'storage-full'; readonly done: number; readonly count: number };

/** What would be lost by leaving now. */
export type AtRisk = 'adding' | 'cards' | 'list';

/** The adding of a class: begun, stopped, gone on with; each row is told what became of it (CL6). */
export class ClassRun {
  readonly draft: ClassDraft;
  state: RunState = $state.raw({ is: 'idle' });
  /** The cards have been printed, or nobody wants them. */
  cardsDone = $state(false);
  readonly #add: AddAll;
  readonly #classNamed: ClassNamed;
  #stop = new AbortController();

  constructor(draft: ClassDraft, add: AddAll, classNamed: ClassNamed) {
    this.draft = draft;
    this.#add = add;
    this.#classNamed = classNamed;
  }

  /** The cards of whom was added, with what only this page knows of them: the real name and the password. */
  readonly cards: readonly PupilCard[] = $derived.by(() =>
    this.draft.rows.flatMap(({ real, display, password, fate }): PupilCard[] => {
      if (fate?.is !== 'added') return [];
      const name = `${real.given} ${real.family}`.trim() || display || fate.username;
      const { account, username, pictures } = fate;
      return [{ account, name, username, password, ...(pictures ? { pictures } : {}) }];
    })
  );

  get atRisk(): AtRisk | undefined {
    if (this.state.is === 'adding') return 'adding';
    if (this.cards.length > 0 && !this.cardsDone) return 'cards';
    return this.draft.addable.length > 0 || this.draft.toMend > 0 ? 'list' : undefined;
  }

  /** Adds whatever can be added now. */
  async start(): Promise<void> {
    if (this.state.is === 'adding') return;
    const { draft } = this;
    const rows = draft.addable;
    const before = draft.counts.added;
    const count = before + rows.length;
    this.#stop = new AbortController();
    this.cardsDone = false;
    this.state = { is: 'adding', done: before, count };
    const classes = new Map<string, GroupId>();
    for (const name of draft.classNames()) {
      const named = await this.#classNamed(name);
      if (!named.ok) {
        this.state = { is: 'no-class', problem: named.problem };
        return;
      }
      classes.set(name, named.value);
    }
    const pupils = rows.map((planned) => draft.pupil(planned, classes));
    const ended = await this.#add(pupils, {
      signal: this.#stop.signal,
      onprogress: ({ from, answers }) => {
        const fates = new Map(
          answers.map((answer, at) => [rows[from + at]?.row.line, fateOf(answer, pupils[from + at])])
        );
        draft.rows = draft.rows.map((row) => {
          const fate = fates.get(row.line);
          return fate ? { ...row, fate } : row;
        });
        this.state = { is: 'adding', done: before + from + answers.length, count };
      }
    });
    this.state = ended === 'done' ? { is: 'done' } : { is: ended, done: draft.counts.added, count };
  }

  /** Stops after the part that is being stored. */
  stop(): void {
    this.#stop.abort();
  }
}

/** What became of a row. Where the device had no room nothing did: it is as ready as before. */
function fateOf(answer: Result<Added>, pupil: NewPupil | undefined): Fate | undefined {
  if (answer.ok) {
    const { account, username, pictures } = answer.value;
    const drawn = pictures && pupil?.pictures;
    return { is: 'added', account, username, ...(drawn ? { pictures: drawn } : {}) };
  }
  const { problem } = answer;
  const full = problem.is === 'failure' && problem.code === 'storage-full';
  return full ? undefined : { is: 'failed', problem };
}
