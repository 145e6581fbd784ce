import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import type { ChangeId } from '#lib/domain/ids.ts';
import { migrations } from '#relay/storage/sqlite/migrations.ts';
import { openDatabase } from '#relay/storage/sqlite/open.ts';
import { sqliteStorage } from '#relay/storage/sqlite/sqlite-storage.ts';
import type { Storage } from '#relay/storage/storage.ts';
import { tempFolder } from '../support/relay.ts';
import { erasureContract } from './erasure-contract.ts';
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

storageContract('SQLite', open);
erasureContract('SQLite', open);

test('[AD4, GA11] what was taken over before the relay kept count of it counts, and of two the first', async () => {
  const folder = tempFolder();
  const old = new DatabaseSync(join(folder, 'twinspace.sqlite'));
  for (const step of migrations.slice(0, 4)) old.exec(step);
  old.exec('PRAGMA user_version = 4');
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
  expect([await storage.changes.isTakenOver(taken), await storage.changes.isTakenOver(other)]).toEqual([
    true,
    false
  ]);
  expect(await storage.changes.after(0, 10)).toHaveLength(4);
});
