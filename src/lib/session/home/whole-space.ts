import type { SpaceId } from '#lib/domain/ids.ts';
import type { ArchiveAnswer } from '#lib/protocol/archives.ts';
import { asked, done, type Result } from '../device/result.ts';
import type { Bench } from '../work/bench.ts';

/** TH7: a whole TwinSpace as the relay has laid it out. */
export interface WholeSpace extends Omit<ArchiveAnswer, 'archive'> {
  /** Under which the browser fetches it. */
  readonly address: string;
}

/** TH7: asks the relay to lay the TwinSpace out. */
export function wholeSpace(
  { relay }: Pick<Bench['app'], 'relay'>,
  space: SpaceId
): Promise<Result<WholeSpace>> {
  return asked(async () => {
    const { archive, ...whole } = await relay.layOut(space);
    return done({ ...whole, address: `/api/spaces/${space}/archives/${archive}` });
  });
}
