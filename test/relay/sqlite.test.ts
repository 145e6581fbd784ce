import { onTestFinished } from 'vitest';
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
