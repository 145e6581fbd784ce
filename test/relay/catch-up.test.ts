import { describe, expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { SpaceId } from '#lib/domain/ids.ts';
import type { Room } from '#lib/protocol/rooms.ts';
import { caps } from '#relay/caps.ts';
import { CatchUp, type Missing } from '#relay/gate/catch-up.ts';
import { RelayDocument } from '#relay/truth/relay-document.ts';
import { SpaceTruth } from '#relay/truth/space-truth.ts';
import { documentBudget } from '#relay/http/document-budget.ts';
import { Rates } from '#relay/http/rates.ts';
import { openDatabase } from '#relay/storage/sqlite/open.ts';
import { sqliteStorage } from '#relay/storage/sqlite/sqlite-storage.ts';
import type { Storage } from '#relay/storage/storage.ts';
import { Seeded } from '../support/seeded.ts';
import { found, freshId } from '../support/relay-tablet.ts';
import { TestClock, testRelay } from '../support/relay.ts';

const on = '2026-11-24' as CalendarDate;
const empty = Uint8Array.of(0);

/** A document with so many settings of a hundred bytes. */
function filled(count: number): RelayDocument {
  const document = RelayDocument.fresh('members');
  for (let version = 1; version <= count; version++) put(document, version);
  return document;
}

function put(document: RelayDocument, version: number): Uint8Array {
  const records = [{ map: 'settings', key: `${version}`, value: 'x'.repeat(100) }];
  const update = document.write(records, version);
  document.apply(records);
  return update;
}

/** A reader who was given these. */
function reader(updates: readonly Uint8Array[], doc = new Y.Doc()): Y.Doc {
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
}

const settings = (doc: Y.Doc): unknown => doc.getMap('settings').toJSON();

describe('what a reader is missing', () => {
  test('[RM17] is encoded once for all who have nothing', () => {
    const document = RelayDocument.load('members', {
      generation: 1,
      updates: [Y.encodeStateAsUpdate(reader(filled(50).served.missing(empty, () => true)))]
    });
    const [first] = document.served.missing(empty, () => true);
    put(document, 51);
    const second = document.served.missing(empty, () => false);
    expect(second[0]).toBe(first);
    expect(Object.keys(settings(reader(second)) as object)).toHaveLength(51);
  });

  test('[RM17] is nothing for who has it, and what came since for who was there', () => {
    const document = filled(50);
    const doc = reader(document.served.missing(empty, () => false));
    const vector = Y.encodeStateVector(doc);
    expect(document.served.missing(vector, () => false)).toEqual([Uint8Array.of(0, 0)]);
    const updates = [put(document, 51), put(document, 52)];
    expect(document.served.missing(vector, () => false)).toEqual(updates);
  });

  test('[RM17] is no more than needed for who was there before, and the same for all who were', () => {
    const grown = filled(3_000);
    const before = reader(grown.served.missing(empty, () => true));
    const document = RelayDocument.load('members', {
      generation: 1,
      updates: [Y.encodeStateAsUpdate(before)]
    });
    const half = Y.encodeStateVector(before);
    for (let version = 3_001; version <= 6_000; version++) put(document, version);
    const whole = document.served.missing(empty, () => true)[0]?.length ?? 0;
    let asked = 0;
    const encode = (): boolean => (asked += 1) > 0;
    const [answer = empty] = document.served.missing(half, encode);
    expect(answer.length).toBeLessThan(whole * 0.6);
    expect(document.served.missing(half, encode)[0]).toBe(answer);
    expect(asked).toBe(1);
    put(document, 6_001);
    const all = document.served.missing(half, () => false);
    expect(settings(reader(all, before))).toEqual(
      document.maps['settings'] && Object.fromEntries(document.maps['settings'])
    );
  });

  test('[RM17] comes in few updates for who has nothing, however many there were', () => {
    const document = filled(1);
    for (let version = 2; version <= 200; version++) {
      put(document, version);
      const missing = document.served.missing(empty, () => false);
      expect(missing.length).toBeLessThan(40);
      if (version % 20 === 0) expect(Object.keys(settings(reader(missing)) as object)).toHaveLength(version);
    }
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    '[RM2] is what is stored, whenever it is asked for: seed %i',
    (seed) => {
      const chance = new Seeded(seed);
      let document = RelayDocument.fresh('members');
      const readers = Array.from({ length: 6 }, () => ({ doc: new Y.Doc(), follows: false }));
      const stored: Uint8Array[] = [];
      for (let version = 1; version <= 400; version++) {
        const key = `${chance.below(60)}`;
        const value = chance.below(4) === 0 ? null : chance.bytes(chance.below(800)).toString('hex');
        const update = document.write([{ map: 'settings', key, value }], version);
        const one = readers[chance.below(readers.length)];
        // In the middle of a write, also of one that then fails.
        if (one && chance.below(3) === 0) {
          reader(
            document.served.missing(Y.encodeStateVector(one.doc), () => chance.below(2) === 0),
            one.doc
          );
          one.follows = true;
          expect(settings(one.doc)).toEqual(Object.fromEntries(document.maps['settings'] ?? []));
        }
        if (chance.below(20) === 0) {
          document = RelayDocument.load('members', { generation: 1, updates: stored });
          for (const each of readers) each.follows = false;
          continue;
        }
        stored.push(update);
        document.apply([{ map: 'settings', key, value }]);
        for (const { doc, follows } of readers) if (follows) Y.applyUpdate(doc, update);
        if (chance.below(9) === 0 && one) one.follows = false;
      }
      for (const { doc } of readers) {
        reader(
          document.served.missing(Y.encodeStateVector(doc), () => true),
          doc
        );
        expect(settings(doc)).toEqual(Object.fromEntries(document.maps['settings'] ?? []));
        expect(doc.store.pendingStructs ?? doc.store.pendingDs).toBeNull();
      }
    }
  );
});

test('[RM17] whoever asks while a change is being stored is served at once, with what is stored', async () => {
  let release: () => void = () => undefined;
  let hold = false;
  const { relay, setUp } = await testRelay({
    open: (folder) => {
      const storage = sqliteStorage(openDatabase(folder));
      const together: Storage['together'] = async (work) => {
        const answer = await storage.together(work);
        if (hold) await new Promise<void>((done) => (release = done));
        return answer;
      };
      return { ...storage, together };
    }
  });
  const { tablet, admin, space } = await found(relay.address, setUp);
  hold = true;
  const change = tablet.do(admin, 'access.record', { on }, { space });
  onTestFinished(() => release());
  const follower = await tablet.follow(`staff/${space}@1`).synced();
  expect(follower.version).toBe(1);
  hold = false;
  release();
  expect(await change).toMatchObject({ is: 'accepted', version: 2 });
  await follower.until(() => follower.version === 2);
});

describe('the budget', () => {
  const space = freshId<SpaceId>();
  const room: Room = { document: 'members', space, generation: 1 };
  const [ana, luca] = ['account ana', 'account luca'].map((account) => ({ account, address: '192.0.2.1' }));

  function budgeted(): { rates: Rates; clock: TestClock; ask: (payer: typeof ana) => Promise<Missing> } {
    const clock = new TestClock();
    const rates = new Rates(clock);
    const truth = new SpaceTruth(space, filled(20), RelayDocument.fresh('staff'));
    const pages = { of: () => Promise.reject(new Error('no page is asked for')) };
    const catchUp = new CatchUp({ space: () => Promise.resolve(truth), pages }, documentBudget(rates));
    const ask = (payer: typeof ana): Promise<Missing> =>
      new Promise((done, fail) => {
        if (payer) void catchUp.of(room, empty, payer, done).catch(fail);
      });
    return { rates, clock, ask };
  }

  test('[RM16] whoever has had the bytes of an account comes again later, and others are served', async () => {
    const { rates, clock, ask } = budgeted();
    rates.charge('accountBytes', 'account ana', caps.rates.accountBytes.burst - 1);
    expect((await ask(ana)).is).toBe('updates');
    expect(await ask(ana)).toEqual({ is: 'too-many', seconds: 1 });
    expect((await ask(luca)).is).toBe('updates');
    clock.addSeconds(1);
    expect((await ask(ana)).is).toBe('updates');
  });

  test('[RM21] of many who ask at once each is given it in a turn of its own', async () => {
    const { ask } = budgeted();
    let turn = 0;
    const count = (): void => void ((turn += 1), (counting = setImmediate(count)));
    let counting = setImmediate(count);
    onTestFinished(() => clearImmediate(counting));
    const turns = await Promise.all(Array.from({ length: 20 }, () => ask(ana).then(() => turn)));
    expect(new Set(turns).size).toBe(20);
    expect(turns).toEqual(turns.toSorted((one, other) => one - other));
  });

  test('[RM16] all that one address has is counted together', async () => {
    const { rates, ask } = budgeted();
    rates.charge('addressBytes', '192.0.2.1', caps.rates.addressBytes.burst);
    expect(await ask(luca)).toEqual({ is: 'too-many', seconds: 1 });
  });
});
