import type { SpaceId } from '#lib/domain/ids.ts';
import { done, failed, type Result } from '../device/result.ts';
import type { Bench } from '../work/bench.ts';
import { openArchive, type OpenArchive } from './open-archive.ts';
import { whatIsIn, type WhatIsIn } from './what-is-in.ts';

/** FA2, FA3: opens a file that somebody has chosen, and looks what is in it for this TwinSpace. */
export async function openChosen(
  work: Bench,
  space: SpaceId,
  file: Blob
): Promise<Result<{ readonly archive: OpenArchive; readonly what: WhatIsIn }>> {
  const archive = await openArchive(file).catch((error: unknown) => {
    if (error instanceof DOMException) return 'archive-gone' as const;
    throw error;
  });
  if (typeof archive === 'string') return failed(archive);
  return done({ archive, what: await whatIsIn(work, space, archive) });
}
