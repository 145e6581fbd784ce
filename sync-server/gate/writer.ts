import type { MediaCeilings } from '#lib/domain/settings.ts';
import type { Log } from '#relay/log.ts';
import type { Storage } from '#relay/storage/storage.ts';
import type { Truth } from '../truth/truth.ts';
import type { Audience } from './audience.ts';
import type { OnCommitPoint } from './commit-point.ts';

/** What a write needs around it. */
export interface Writer {
  readonly storage: Storage;
  readonly truth: Truth;
  readonly audience: Audience;
  readonly log: Log;
  readonly onPoint: OnCommitPoint;
  /** SG6 */
  readonly ceilings: MediaCeilings;
}
