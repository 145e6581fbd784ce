import type { Verdict } from '#lib/protocol/verdict.ts';
import type { Clock } from '#relay/clock.ts';
import { forLog } from '#relay/log.ts';
import { Ahead } from '../truth/ahead.ts';
import type { Candidate } from './candidate.ts';
import { Judge } from './judge.ts';
import type { Days } from './quotas.ts';
import { tellAll } from './tell.ts';
import type { Writer } from './writer.ts';

/**
 * GA21: judges changes together, each on what those before it have come to, and writes all of them in one transaction;
 * then into what the rules read, then to the followers, one update of each document (GA10). Only under the lock.
 *
 * Whatever fails on the way, what is in memory of it is forgotten and, where it may be stored, followers connect again:
 * so nobody sees what is not stored and nobody misses what is (GA11).
 *
 * @returns the verdicts, in the same order
 * @throws where the storage or one of the changes fails: then none of them is done, unless it was stored before that
 */
export async function judgeTogether(
  writer: Writer,
  clock: Clock,
  days: Days,
  candidates: readonly Candidate[]
): Promise<readonly Verdict[]> {
  const { storage, truth, audience, onPoint, ceilings } = writer;
  const ahead = new Ahead(truth, await truth.directory());
  let committed = false;
  try {
    const { verdicts, updates, tells } = await storage.together(async (within) => {
      const judge = new Judge(within, ahead, clock, days, ceilings);
      const verdicts: Verdict[] = [];
      for (const candidate of candidates) {
        verdicts.push(await judge.judge(candidate));
        onPoint('judged');
      }
      const updates = ahead.write();
      await within.documents.append(updates);
      for (const { space, document, update } of ahead.bared)
        await within.documents.compact(space, document, update);
      for (const { space, page } of ahead.pages) await within.pages.move(space, page);
      onPoint('before-commit');
      return { verdicts, updates, tells: judge.tells };
    });
    committed = true;
    onPoint('after-commit');
    ahead.apply();
    onPoint('after-apply');
    audience.broadcast(updates);
    await tellAll(writer, tells);
    onPoint('after-broadcast');
    await compact(writer, ahead);
    return verdicts;
  } catch (error) {
    ahead.forget();
    days.clear();
    if (committed) audience.restart(ahead.touched);
    throw error;
  }
}

/** Storage that cannot be put in order now will be another time; the changes stand. */
async function compact({ truth, log }: Writer, { touched, pages }: Ahead): Promise<void> {
  try {
    for (const id of touched) await truth.compact(id);
    for (const { space, page } of pages) await truth.pages.compact(space, page);
  } catch (error) {
    log.warn({ event: 'compaction-failed', ...forLog(error) });
  }
}
