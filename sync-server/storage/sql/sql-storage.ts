import type { Kysely } from 'kysely';
import type { Storage, Within } from '#relay/storage/storage.ts';
import { activityStore } from './activity.ts';
import { changeStore } from './changes.ts';
import { deviceStore } from './devices.ts';
import { directoryStore } from './directory.ts';
import { documentStore } from './documents.ts';
import { erasureStore } from './erasures.ts';
import { LetIn } from './let-in.ts';
import { metaStore } from './meta.ts';
import { pageStore } from './pages.ts';
import type { Tables } from './tables.ts';
import { tabletStore } from './tablets.ts';
import { visitStore } from './visits.ts';

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
    ...within(db, letIn),
    meta: metaStore(db),
    directory: directoryStore(db),
    activity: activityStore(db),
    erasures: erasureStore(db, letIn, overwriteDeleted),
    together: async (work) => {
      const ahead = new LetIn(letIn);
      const answer = await db.transaction().execute((tx) => work(within(tx, ahead)));
      ahead.commit();
      return answer;
    },
    close
  };
}

function within(db: Kysely<Tables>, letIn: LetIn): Within {
  return {
    changes: changeStore(db, letIn),
    documents: documentStore(db),
    pages: pageStore(db),
    devices: deviceStore(db, letIn),
    tablets: tabletStore(db, letIn),
    visits: visitStore(db)
  };
}
