import { expect, test } from 'vitest';
import { caps } from '#relay/caps.ts';
import { documentBudget } from '#relay/http/document-budget.ts';
import { Rates } from '#relay/http/rates.ts';
import { openDatabase } from '#relay/storage/sqlite/open.ts';
import { sqliteStorage } from '#relay/storage/sqlite/sqlite-storage.ts';
import { Turns } from '#relay/turns.ts';
import { addPupil, found, invite, Tablet } from '../support/relay-tablet.ts';
import { TestClock, testRelay } from '../support/relay.ts';

test('[HT16] sealed keys are read once, however often a device asks for all of them', async () => {
  let reads = 0;
  const { relay, setUp } = await testRelay({
    open: (folder) => {
      const storage = sqliteStorage(openDatabase(folder));
      const { directory } = storage;
      const credentials: typeof directory.credentials = (keys) => {
        reads += 1;
        return directory.credentials(keys);
      };
      return { ...storage, directory: { ...directory, credentials } };
    }
  });
  const world = await found(relay.address, setUp);
  await addPupil(world, 'Zoe', 'Navarro');
  const before = reads;
  for (let count = 0; count < 10; count++)
    expect((await world.tablet.report()).body.credentials).toHaveLength(2);
  expect(reads).toBe(before + 1);
  await addPupil(world, 'Noa', 'Vidal');
  expect((await world.tablet.report()).body.credentials).toHaveLength(3);
  expect(reads).toBe(before + 2);
});

test('[HT16] an account that has had its bytes is told when to come again, and others are told theirs', async () => {
  // Twenty keys to be had, and then one a second.
  const few = { ...caps.rates, keyBytes: { burst: 20 * 640, perSecond: 640 } };
  const { relay, setUp, clock } = await testRelay({ rates: few });
  const world = await found(relay.address, setUp);
  const partner = await invite(world);
  for (let count = 0; count < 18; count++) await world.tablet.report();
  const { body } = await world.tablet.report();
  const refused = await world.tablet.report();
  expect([refused.status, refused.body]).toEqual([429, { code: 'too-many', seconds: 1 }]);
  // Another device of the same account has no more, and does not come to be one for it.
  const another = new Tablet(relay.address);
  expect((await another.signIn(world.admin)).body.code).toBe('too-many');
  expect(another.cookie).toBeUndefined();
  // What it has need not be told.
  const tagged = await world.tablet.ask('GET', `/api/device?credentials=${body.credentialsTag}`);
  expect(tagged.status).toBe(200);
  expect((await partner.tablet.report()).status).toBe(200);
  clock.addSeconds(2);
  expect((await world.tablet.report()).body.credentials).toHaveLength(1);
});

test('[HT16] a device that asks for report after report is told when to come again', async () => {
  const { relay, setUp, clock } = await testRelay();
  const { tablet } = await found(relay.address, setUp);
  const tag = (await tablet.report()).body.credentialsTag;
  const ask = () => tablet.ask('GET', `/api/device?credentials=${tag}`);
  for (let count = 1; count < caps.rates.reports.burst; count++) expect((await ask()).status).toBe(200);
  expect((await ask()).body).toEqual({ code: 'too-many', seconds: 1 });
  clock.addSeconds(1);
  expect((await ask()).status).toBe(200);
});

test('[HT16] what one account asks at once is answered one after the other, with others in between', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const say = (who: string, what: string) => turns.run(who, async () => void order.push(`${who}${what}`));
  const failing = turns.run('a', () => Promise.reject(new Error('no')));
  const all = [say('a', '1'), say('a', '2'), say('a', '3'), say('b', '1')];
  await expect(failing).rejects.toThrow('no');
  await Promise.all(all);
  expect(order.filter((one) => one.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
  expect(order.indexOf('b1')).toBeLessThan(order.indexOf('a3'));
});

test('[RM16] encodings for one reader alone are counted for account and address', () => {
  const budget = documentBudget(new Rates(new TestClock()));
  const payer = { account: 'account ana', address: '192.0.2.1' };
  const { encodings } = caps.rates;
  for (let count = 0; count < encodings.burst; count++) expect(budget.encode(payer)).toBe(true);
  expect(budget.encode(payer)).toBe(false);
  expect(budget.encode({ ...payer, account: 'account luca' })).toBe(true);
});
