import type { SpaceId } from '#lib/domain/ids.ts';
import { failed, problemOf } from '../device/result.ts';
import type { Bench } from '../work/bench.ts';
import { Looking } from './looking.ts';
import { newIds, takenIn } from './new-ids.ts';
import type { OpenArchive } from './open-archive.ts';
import { Ended, Reading, type Going, type ReadIn } from './reading.ts';
import { readMedia } from './read-media.ts';
import { readPages } from './read-pages.ts';

/** FA10: one tab of a device reads. */
const lock = 'twinspace-reading-in';

/**
 * FA1, FA4–FA7: reads an archive into a TwinSpace, in the name of whoever is signed in: pages first, each with its text, in
 * the order of the tree; then media, one after the other. Whatever ends it, the same archive goes on from there.
 */
export async function readIn(
  work: Bench,
  space: SpaceId,
  archive: OpenArchive,
  going: Going
): Promise<ReadIn> {
  // FA10: another tab of this device reads.
  return navigator.locks.request(lock, { ifAvailable: true }, (held) =>
    held ? readAlone(work, space, archive, going) : inOtherTab()
  );
}

async function readAlone(work: Bench, space: SpaceId, archive: OpenArchive, going: Going): Promise<ReadIn> {
  const ids = await newIds(space, archive, takenIn(work.stateOf(space), archive));
  const looking = await Looking.begin(work.app.db, ids, going.stop);
  const reading = new Reading({ work, space, archive, ids, looking }, going);
  try {
    await readMedia(reading, await readPages(reading));
    return reading.outcome();
  } catch (error) {
    if (going.stop.aborted) return reading.outcome('stopped');
    if (error instanceof Ended) return reading.outcome(error.problem);
    const answer = unreadable(error) ? failed('archive-gone') : problemOf(error);
    if (answer.ok) throw error;
    return reading.outcome(answer.problem);
  } finally {
    looking.close();
  }
}

function inOtherTab(): ReadIn {
  const none = { pages: 0, media: 0 };
  return { made: none, known: none, left: [], ended: { is: 'failure', code: 'archive-other-tab' } };
}

/** The file is not any more what was chosen, or its stick was pulled out. */
function unreadable(error: unknown): boolean {
  const { name } = error instanceof Error ? error : { name: '' };
  return name === 'NotReadableError' || name === 'NotFoundError' || name === 'CaptureTrouble';
}
