import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { addressText, readConfig } from '#relay/config.ts';
import { startRelay } from '#relay/relay.ts';
import { StartRefusal } from '#relay/start-refusal.ts';
import { found, Tablet } from '../support/relay-tablet.ts';
import { tempFolder, TestLog, testRelay } from '../support/relay.ts';

/** Why a relay does not start there. */
async function refusal(dataDir: string, over: { host?: string; port?: number } = {}): Promise<StartRefusal> {
  try {
    const relay = await startRelay({ host: '127.0.0.1', port: 0, log: new TestLog(), dataDir, ...over });
    await relay.stop();
  } catch (error) {
    if (error instanceof StartRefusal) return error;
    throw error;
  }
  throw new Error('it started');
}

test('[ST4] a second relay on the same data does not start while the first one runs, and then does', async () => {
  const { relay, folder } = await testRelay();
  const refused = await refusal(folder);
  expect(refused.code).toBe('database-locked');
  expect(refused.message).toContain(folder);
  await relay.stop();
  await testRelay({ dataDir: folder });
});

test('[OP3] a database of a newer version is left as it is', async () => {
  const { relay, folder } = await testRelay();
  await relay.stop();
  const file = join(folder, 'twinspace.sqlite');
  const database = new DatabaseSync(file);
  database.exec('PRAGMA user_version = 99');
  database.close();
  const before = readFileSync(file);
  expect((await refusal(folder)).code).toBe('database-newer');
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('[OP3] a file that is no database, and one that is damaged inside, are named as such', async () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'twinspace.sqlite'), 'this is a text and no database '.repeat(100));
  expect((await refusal(folder)).code).toBe('database-corrupt');

  const { relay, folder: other, setUp } = await testRelay();
  await found(relay.address, setUp);
  await relay.stop();
  const file = join(other, 'twinspace.sqlite');
  const bytes = readFileSync(file);
  bytes.fill(0xa5, 4096 * 3);
  writeFileSync(file, bytes);
  expect((await refusal(other)).code).toBe('database-corrupt');
});

test('[OP3] a data folder that cannot be made is named', async () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'file'), '');
  const refused = await refusal(join(folder, 'file', 'data'));
  expect(refused.code).toBe('data-unwritable');
  expect(refused.message).toContain('DATA_DIR');
});

test('[OP3] a data folder that cannot be written is named', async () => {
  const folder = join(tempFolder(), 'data');
  mkdirSync(folder);
  // Root writes what is read-only; what the file system itself keeps, nobody does.
  if (process.getuid?.() === 0) {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro,size=64k', 'tmpfs', folder], { stdio: 'ignore' });
      onTestFinished(() => void execFileSync('umount', [folder]));
    } catch {
      expect((await refusal('/proc/self/data')).code).toBe('data-unwritable');
      return;
    }
  } else execFileSync('chmod', ['500', folder]);
  expect((await refusal(folder)).code).toBe('data-unwritable');
});

test('[OP3] a port in use, and a host that is not of this machine, are named', async () => {
  const taken = createServer();
  await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as AddressInfo;
  const refused = await refusal(tempFolder(), { port });
  expect(refused.code).toBe('port-in-use');
  expect(refused.message).toContain(String(port));
  expect((await refusal(tempFolder(), { host: '192.0.2.1' })).code).toBe('address-unknown');
});

test('[OP3] a relay that did not start leaves the data to the next one', async () => {
  const taken = createServer();
  await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
  onTestFinished(() => void taken.close());
  const folder = tempFolder();
  await refusal(folder, { port: (taken.address() as AddressInfo).port });
  await testRelay({ dataDir: folder });
});

test('[OP2] until the first TwinSpace is founded each start prints a fresh set-up link, the one before stops working', async () => {
  const first = await testRelay();
  const other = (await first.relay.makeFoundingLink()).path.split('#')[1] ?? '';
  await first.relay.stop();
  const second = await testRelay({ dataDir: first.folder });
  expect(second.setUp).not.toBe(first.setUp);
  const look = (secret: string): Promise<{ status: number }> =>
    new Tablet(second.relay.address).ask('POST', '/api/links/look', { secret });
  expect((await look(first.setUp)).status).toBe(404);
  expect((await look(second.setUp)).status).toBe(200);
  // What the technician has given away meanwhile still works.
  expect((await look(other)).status).toBe(200);
  await found(second.relay.address, second.setUp);
  await second.relay.stop();
  const third = await testRelay({ dataDir: first.folder });
  expect(third.relay.setUpLink).toBeUndefined();
});

test('[ST4] the data is for this user alone', async () => {
  const { folder } = await testRelay({ dataDir: join(tempFolder(), 'made') });
  expect(statSync(folder).mode & 0o077).toBe(0);
  expect(statSync(join(folder, 'twinspace.sqlite')).mode & 0o077).toBe(0);
});

test('[OP6] the log holds nothing of anybody', async () => {
  const { relay, log, setUp } = await testRelay({
    onPoint: (point) => {
      if (point === 'after-broadcast') throw new Error('marta.rios.1');
    }
  });
  await expect(found(relay.address, setUp)).rejects.toThrow('retry');
  expect(log.lines).toHaveLength(1);
  const written = JSON.stringify(log.lines);
  expect(written).toContain('change-failed');
  expect(written).not.toMatch(/marta|rios|[0-9a-f]{8}-[0-9a-f]{4}-4/i);
  expect(written).not.toContain(setUp);
});

test('[OP8] host, port and data folder come from the environment, with defaults on every system', () => {
  const home = { HOME: '/home/t' };
  expect(readConfig({ ...home }, 'linux')).toMatchObject({ host: '127.0.0.1', port: 8080 });
  expect(readConfig({ XDG_DATA_HOME: '/x' }, 'linux').dataDir).toBe('/x/twinspace');
  expect(readConfig({}, 'darwin').dataDir).toMatch(/Library\/Application Support\/TwinSpace$/);
  expect(readConfig({ APPDATA: '/roaming' }, 'win32').dataDir).toBe('/roaming/TwinSpace');
  expect(readConfig({ HOST: '::1', PORT: '0', DATA_DIR: '/d' })).toMatchObject({
    host: '::1',
    port: 0,
    dataDir: '/d'
  });
  expect(readConfig({ HOST: '[::1]' }).host).toBe('::1');
  expect(addressText('::1', 8080)).toBe('http://[::1]:8080');
  for (const port of ['x', '-1', '65536', '80.5', '1e3']) {
    expect(() => readConfig({ PORT: port })).toThrow('port-invalid');
  }
});

test('[OP4] stopping ends sockets with a code, keeps nothing beside the database, and frees the port', async () => {
  const { relay, setUp, folder } = await testRelay();
  const { tablet, space } = await found(relay.address, setUp);
  const follower = await tablet.follow(`members/${space}@1`).synced();
  const stopped = relay.stop();
  expect(await follower.closed).toBe(4503);
  await stopped;
  await relay.stop();
  const again = await testRelay({ dataDir: folder, port: relay.port });
  expect(again.relay.port).toBe(relay.port);
});
