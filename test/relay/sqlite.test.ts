import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, ChangeId, PageId, SpaceId } from '#lib/domain/ids.ts';
import { documentOfPage } from '#lib/domain/pages.ts';
import { migrations } from '#relay/storage/sqlite/migrations.ts';
import { openDatabase } from '#relay/storage/sqlite/open.ts';
import { sqliteStorage } from '#relay/storage/sqlite/sqlite-storage.ts';
import type { Storage } from '#relay/storage/storage.ts';
import { tempFolder } from '../support/relay.ts';
import { erasureContract } from './erasure-contract.ts';
import { pageContract } from './page-contract.ts';
import { storageContract } from './storage-contract.ts';

const open = async () => {
  const folder = tempFolder();
  let storage: Storage = sqliteStorage(openDatabase(folder));
  onTestFinished(() => storage.close());
  return {
    storage,
    reopen: async () => {
      await storage.close();
      storage = sqliteStorage(openDatabase(folder));
      return storage;
    }
  };
};

/** A database as a relay of that schema left it, with SQLite's own size of pages. */
function ofVersion(version: number): { readonly folder: string; readonly old: DatabaseSync } {
  const folder = tempFolder();
  const old = new DatabaseSync(join(folder, 'twinspace.sqlite'));
  for (const step of migrations.slice(0, version)) old.exec(step);
  old.exec(`PRAGMA user_version = ${version}`);
  return { folder, old };
}

storageContract('SQLite', open);
erasureContract('SQLite', open);
pageContract('SQLite', open);

test('[AD4, GA11] what was taken over before the relay kept count of it counts, and of two the first', async () => {
  const { folder, old } = ofVersion(4);
  const [taken, other] = [crypto.randomUUID(), crypto.randomUUID()] as string[] as [ChangeId, ChangeId];
  const insert = old.prepare(
    `INSERT INTO changes (id, fingerprint, space, device, header, payload, signature, received, verdict)
     VALUES (?, '', '', '', ?, '', '', '2026-11-24', '{}')`
  );
  const behalf = { change: taken, actor: 'x' };
  for (const header of [{}, { behalf }, { behalf }])
    insert.run(crypto.randomUUID(), JSON.stringify({ v: 3, ...header }));
  insert.run(crypto.randomUUID(), 'no JSON');
  old.close();
  const storage = sqliteStorage(openDatabase(folder));
  onTestFinished(() => storage.close());
  const key = (id: ChangeId) => ({ id, space: '' as SpaceId, actor: 'x' as AccountId });
  expect([
    await storage.changes.isTakenOver(key(taken)),
    await storage.changes.isTakenOver(key(other))
  ]).toEqual([true, false]);
  expect(await storage.changes.after(0, 10)).toHaveLength(4);
});

test('[GA17, GA2] what was settled before the relay kept whose it was is settled for its author, and for nobody else', async () => {
  const { folder, old } = ofVersion(5);
  const [yes, no] = [crypto.randomUUID(), crypto.randomUUID()] as string[] as [ChangeId, ChangeId];
  const [space, actor] = [crypto.randomUUID() as SpaceId, crypto.randomUUID() as AccountId];
  old
    .prepare(
      `INSERT INTO changes (id, fingerprint, space, device, header, payload, signature, received, verdict)
       VALUES (?, 'print', ?, '', ?, 'e30', 'c2ln', '2026-11-24', ?)`
    )
    .run(
      yes,
      space,
      JSON.stringify({ actor, name: 'member.role' }),
      JSON.stringify({ id: yes, is: 'accepted' })
    );
  old
    .prepare(
      `INSERT INTO refusals (id, fingerprint, received, verdict) VALUES (?, 'other print', '2026-11-24', ?)`
    )
    .run(no, JSON.stringify({ id: no, is: 'refused', code: 'same-role' }));
  old.close();
  const storage = sqliteStorage(openDatabase(folder));
  onTestFinished(() => storage.close());
  const { changes } = storage;
  expect(await changes.settled({ id: yes, space, actor }, 'x')).toMatchObject({ fingerprint: 'print' });
  expect(
    await changes.settled({ id: yes, space, actor: crypto.randomUUID() as AccountId }, 'print')
  ).toBeUndefined();
  // Of a refusal the fingerprint alone tells whether it is the same change.
  expect(await changes.settled({ id: no, space, actor }, 'other print')).toMatchObject({
    verdict: { code: 'same-role' }
  });
  expect(await changes.settled({ id: no, space, actor }, 'x')).toBeUndefined();
  expect(await changes.after(0, 10)).toMatchObject([{ actor, space, name: 'member.role' }]);
});

test('[PG8, PG10, ST1] a database from before pages were told of and kept tells of all that have text, and has no past of them', async () => {
  const { folder, old } = ofVersion(7);
  const [space, page] = [crypto.randomUUID() as SpaceId, crypto.randomUUID() as PageId];
  const insert = old.prepare('INSERT INTO rooms (space, document, generation) VALUES (?, ?, 1)');
  for (const document of ['members', 'staff', documentOfPage(page)]) insert.run(space, document);
  old.close();
  const storage = sqliteStorage(openDatabase(folder));
  onTestFinished(() => storage.close());
  expect(await storage.pages.moved()).toEqual([{ space, page }]);
  expect(await storage.pages.versions({ space, page })).toEqual([]);
});

test('[GA18, ST7] what was kept on the day before a relay counted as it comes counts on that day', async () => {
  const { folder, old } = ofVersion(11);
  const [actor, other] = [crypto.randomUUID(), crypto.randomUUID()] as string[] as [AccountId, AccountId];
  const insert = old.prepare(
    `INSERT INTO changes (id, fingerprint, space, actor, name, device, header, payload, signature, received, verdict)
     VALUES (?, '', '', ?, '', '', '{"ñ":1}', 'e30', 'c2ln', ?, '{}')`
  );
  for (const day of ['2026-11-23', '2026-11-24', '2026-11-24']) insert.run(crypto.randomUUID(), actor, day);
  old.close();
  const storage = sqliteStorage(openDatabase(folder));
  onTestFinished(() => storage.close());
  const bytes = 2 * Buffer.byteLength('{"ñ":1}e30c2ln');
  const today = '2026-11-24' as CalendarDate;
  expect(await storage.changes.keptOn(actor, today)).toEqual({ changes: 2, bytes, refusals: 0 });
  expect(await storage.changes.keptOn(other, today)).toEqual({ changes: 0, bytes: 0, refusals: 0 });
});

test('[ST1] a database with the larger pages of before is opened, and keeps them', () => {
  const { folder, old } = ofVersion(migrations.length);
  old.close();
  const now = openDatabase(folder);
  onTestFinished(() => now.close());
  expect(now.prepare('PRAGMA page_size').get()).toEqual({ page_size: 4096 });
  expect(now.prepare('PRAGMA wal_autocheckpoint').get()).toEqual({ wal_autocheckpoint: 2048 });
});
