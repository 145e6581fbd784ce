import type { DBCore, Dexie, DBCoreTable, Middleware } from 'dexie';
import { isConnectionLost } from './storage-failure.ts';

/**
 * NW9: opens the database again once its connection turns out to be lost, whoever noticed it: the next access finds a
 * fresh connection. What failed has failed; whoever wanted it tries again.
 */
export function reopening(db: Dexie): Middleware<DBCore> {
  const watch = <T>(asked: PromiseLike<T>): Promise<T> =>
    asked.then(undefined, (error: unknown) => {
      if (isConnectionLost(error) && db.isOpen()) db.close({ disableAutoOpen: false });
      throw error;
    }) as Promise<T>;
  return {
    stack: 'dbcore',
    name: 'reopening',
    create: (core) => ({
      ...core,
      table: (name): DBCoreTable => {
        const table = core.table(name);
        return {
          ...table,
          mutate: (request) => watch(table.mutate(request)),
          get: (request) => watch(table.get(request)),
          getMany: (request) => watch(table.getMany(request)),
          query: (request) => watch(table.query(request)),
          openCursor: (request) => watch(table.openCursor(request)),
          count: (request) => watch(table.count(request))
        };
      }
    })
  };
}
