import type { Kysely } from 'kysely';
import type { Storage } from '#relay/storage/storage.ts';
import { activityStore } from './activity.ts';
import { changeStore } from './changes.ts';
import { deviceStore } from './devices.ts';
import { directoryStore } from './directory.ts';
import { documentStore } from './documents.ts';
import { erasureStore } from './erasures.ts';
import { LetIn } from './let-in.ts';
import { metaStore } from './meta.ts';
import type { Tables } from './tables.ts';
import { tabletStore } from './tablets.ts';

/** What each database does in a way of its own. */
export interface Database {
  readonly db: Kysely<Tables>;
  /** ER5: what was deleted before is nowhere in its files any more. */
  readonly overwriteDeleted: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Storage in tables, the same on every database. */
export function sqlStorage({ db, overwriteDeleted, close }: Database): Storage {
  const letIn = new LetIn();
  return {
    meta: metaStore(db),
    directory: directoryStore(db),
    documents: documentStore(db),
    changes: changeStore(db, letIn),
    devices: deviceStore(db, letIn),
    tablets: tabletStore(db, letIn),
    activity: activityStore(db),
    erasures: erasureStore(db, letIn, overwriteDeleted),
    close
  };
}
