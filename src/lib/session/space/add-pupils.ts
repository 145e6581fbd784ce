import { makeKey } from '#lib/crypto/signing.ts';
import type { Bcrypt } from '#lib/crypto/sealed-key.ts';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import { pupilPasswordProblems } from '#lib/domain/passwords.ts';
import { BcryptPool } from '../keys/bcrypt-pool.ts';
import { done, refused, type Result } from '../device/result.ts';
import type { Wish } from '../work/wish.ts';
import type { Bench } from '../work/bench.ts';
import { newPicturesWish, pupilWish, type NewPupil } from './add-pupil.ts';

/** A pupil who is in the list now. */
export interface AddedPupil {
  readonly account: AccountId;
  readonly username: string;
  /** The pictures that were asked for open, too. */
  readonly pictures: boolean;
}

/** Whom a part of the pupils came to, told as soon as it is stored. */
export interface PupilsTold {
  /** The place of the first of them among all that were handed in. */
  readonly from: number;
  readonly answers: readonly Result<AddedPupil>[];
}

/** How a class is added. */
export interface AddingPupils {
  readonly onprogress: (told: PupilsTold) => void;
  /** Stops after the part that is being stored; what was not told was not added. */
  readonly signal?: AbortSignal;
}

/** So many are stored at once: few on a slow tablet, which stops and shows that it goes on; more on a quick one. */
const part = { least: 8, most: 64 } as const;
/** Milliseconds that a part may take: quicker ones grow, slower ones shrink. */
const pace = { quick: 500, slow: 1_500 } as const;

/**
 * ME1, CL6: adds many pupils, in parts: each part is made, judged, signed and stored like one pupil; it is told when it
 * is safe on this device. The next part's keys are made meanwhile. A pupil whom the rules refuse stops no other; a
 * device without room stops all.
 *
 * @returns whether all were asked for, somebody stopped it (or the session ended), or the device has no room
 */
export async function addPupils(
  work: Bench,
  space: SpaceId,
  pupils: readonly NewPupil[],
  { onprogress, signal }: AddingPupils
): Promise<'done' | 'stopped' | 'storage-full'> {
  const pool = new BcryptPool();
  const stopped = (): boolean => signal?.aborted === true || work.closed;
  const made = (from: number, size: number): Promise<readonly Made[]> =>
    Promise.all(pupils.slice(from, from + size).map((pupil) => make(work, space, pupil, pool.bcrypt)));
  try {
    let size: number = part.least;
    let next = made(0, size);
    for (let from = 0; from < pupils.length;) {
      const began = performance.now();
      const ready = await next;
      if (stopped()) return 'stopped';
      next = made(from + ready.length, size);
      const answers = await store(work, space, ready);
      work.stillAtWork();
      onprogress({ from, answers });
      const full = answers.some(
        (answer) => !answer.ok && answer.problem.is === 'failure' && answer.problem.code === 'storage-full'
      );
      if (full) return 'storage-full';
      from += ready.length;
      const took = performance.now() - began;
      if (took < pace.quick) size = Math.min(size * 2, part.most);
      else if (took > pace.slow) size = Math.max(size / 2, part.least);
    }
    return 'done';
  } finally {
    pool.close();
  }
}

/** A pupil with the commands that add them: the account first, then their pictures. */
type Made = Result<{ readonly account: AccountId; readonly wishes: readonly Wish[] }>;

async function make(work: Bench, space: SpaceId, pupil: NewPupil, bcrypt: Bcrypt): Promise<Made> {
  const [problem] = pupilPasswordProblems(pupil.password);
  if (problem) return refused(problem);
  const { account, wish } = await pupilWish(work.today, space, pupil, await makeKey(), bcrypt);
  const pictures = await newPicturesWish(work, space, account, pupil, bcrypt);
  return done({ account, wishes: pictures ? [wish, pictures] : [wish] });
}

async function store(
  work: Bench,
  space: SpaceId,
  made: readonly Made[]
): Promise<readonly Result<AddedPupil>[]> {
  const wishes = made.flatMap((one) => (one.ok ? one.value.wishes : []));
  const answers = [...(await work.submitMany(space, wishes))];
  return made.map((one) => {
    if (!one.ok) return one;
    const [answer, pictures] = answers.splice(0, one.value.wishes.length);
    if (!answer) throw new Error('a wish was not answered');
    if (!answer.ok) return answer;
    const { account } = one.value;
    const username = work.view.directory.private(account)?.username ?? '';
    return done({ account, username, pictures: pictures?.ok === true });
  });
}
