import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sha256 } from '#lib/crypto/encoding.ts';
import type { AccountId, FileHash, MediaId, PageId, SpaceId } from '#lib/domain/ids.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import { Database } from '#lib/store/database.ts';
import { chooseFiles, freshDevice, readDevice } from '#lib/store/device.ts';
import {
  dropFiles,
  dropPieces,
  fileId,
  mediaWaiting,
  keepWithin,
  pieceBytes,
  putPiece,
  filesToSend,
  sweepFiles,
  whileMaking,
  wholeFile
} from '#lib/store/media-files.ts';
import type { MediaFileRow } from '#lib/store/media-rows.ts';
import { playedFile, sweepPlayed } from '#lib/store/played-file.ts';
import { sweepDrawings } from '#lib/store/drawings.ts';
import { keepUnsent, sweepUnsent } from '#lib/store/unsent.ts';
import { take } from '#lib/store/outbox.ts';
import { eraseAccounts } from '#lib/store/erase-accounts.ts';
import { wipe } from '#lib/store/wipe.ts';
import { onNetworkChange, tellsNetwork } from '#lib/sync/paid-network.ts';
import { RelayClient } from '#lib/sync/relay-client.ts';
import { tidy } from '#lib/sync/tidy.ts';
import { uploadMedia } from '#lib/sync/upload-media.ts';
import { marta, pageId, zoe } from '../support/cast.ts';
import { outboxRow } from '../support/outbox-row.ts';
import { riosDeEuropa } from '../support/world.ts';
import { nobodyAt } from './support/seat.ts';

const space = crypto.randomUUID() as string as SpaceId;
const today = '2026-11-29' as CalendarDate;

let db: Database;
beforeEach(() => {
  db = new Database(`media-${crypto.randomUUID()}`);
});
afterEach(() => db.close());

/** A file of so many bytes in two pieces, and its row. */
async function held(row: Partial<MediaFileRow>, bytes = 10): Promise<MediaFileRow> {
  const media = crypto.randomUUID() as string as MediaId;
  const id = fileId(media, 'file');
  await putPiece(db, id, 0, new ArrayBuffer(bytes - 1));
  await putPiece(db, id, 1, new ArrayBuffer(1));
  const whole: MediaFileRow = {
    id,
    space,
    media,
    part: 'file',
    kind: 'webp',
    hash: 'hash' as FileHash,
    bytes,
    state: 'here',
    seen: today,
    ...row
  };
  await db.mediaFiles.put(whole);
  return whole;
}

const mine = marta.id;
const here = async (): Promise<readonly string[]> =>
  (await db.mediaFiles.toArray()).map(({ id }) => id).sort();

describe('what is on a device of media', () => {
  test('[MT4] a file that is kept while it is looked is not sent before it is announced', async () => {
    const later = { ...(await held({})), state: 'waits', change: 'change' } as MediaFileRow;
    const where = db.mediaFiles.where.bind(db.mediaFiles);
    let asked = 0;
    Object.assign(db.mediaFiles, {
      where: (index: string) => {
        if (++asked === 2) void db.mediaFiles.put(later);
        return where(index);
      }
    });
    expect(await filesToSend(db)).toEqual([]);
    expect((await db.mediaFiles.get(later.id))?.change).toBe('change');
  });

  test('[MT3] pieces that nothing names are swept, and never while somebody makes more', async () => {
    const kept = await held({});
    await whileMaking(async () => {
      await putPiece(db, 'made.file', 0, new ArrayBuffer(5));
      await sweepFiles(db);
      expect(await db.pieces.where('file').equals('made.file').count()).toBe(1);
    });
    await sweepFiles(db);
    expect(await db.pieces.where('file').equals('made.file').count()).toBe(0);
    expect((await wholeFile(db, kept.id))?.size).toBe(10);
  });

  test('[MT3, MT4] made here: it waits for its announcement, is sent once that is accepted, and goes only if that is refused and discarded', async () => {
    const world = riosDeEuropa();
    const say = (text: string) => world.change(marta, 'member.profile', { member: marta.id, text });
    const [first, second] = [outboxRow(1, say('uno')), outboxRow(2, say('dos'))];
    await db.outbox.bulkAdd([first, second]);
    const one = await held({ state: 'waits', account: mine, change: first.id });
    const other = await held({ state: 'waits', account: mine, change: second.id });
    expect(await filesToSend(db)).toEqual([]);
    expect(await mediaWaiting(db)).toBe(2);
    await take(db, [{ id: first.id, is: 'accepted', version: 1, notes: [] }], today);
    await take(db, [{ id: second.id, is: 'refused', code: 'media-full' }], today);
    expect(await filesToSend(db)).toEqual([one.id]);
    // Whatever is forgotten of what has arrived, what was not sent stays.
    await db.settled.clear();
    await db.outbox.clear();
    await sweepFiles(db);
    expect(await here()).toEqual([one.id, other.id].sort());
    await db.tray.clear();
    await sweepFiles(db);
    expect(await here()).toEqual([one.id]);
    expect(await db.pieces.where('file').equals(other.id).count()).toBe(0);
  });

  test('[MT5] what the relay has goes, longest unseen first; what it does not have stays', async () => {
    const waits = await held({ state: 'waits', account: mine, seen: '2026-01-01' as CalendarDate }, 100);
    const old = await held({ seen: '2026-11-01' as CalendarDate }, 60);
    const recent = await held({ seen: '2026-11-28' as CalendarDate }, 60);
    await keepWithin(db, 100);
    expect(await here()).toEqual([waits.id, recent.id].sort());
    expect(await wholeFile(db, old.id)).toBeUndefined();
    await keepWithin(db, 0);
    expect(await here()).toEqual([waits.id]);
  });

  test('[MT5] nothing goes that would be fetched again at once, however long nobody has seen it', async () => {
    const wanted = await held({ seen: '2026-11-01' as CalendarDate }, 60);
    await held({ seen: '2026-11-28' as CalendarDate }, 60);
    await keepWithin(db, 100, new Set([wanted.id]));
    expect(await here()).toEqual([wanted.id]);
  });

  test('[BK3, MT5] where there is little room, what the relay has goes, and nothing that it does not have', async () => {
    const waits = await held({ state: 'waits', account: mine });
    await held({});
    await tidy(db, []);
    expect(await here()).toEqual([waits.id]);
    expect(await db.pieces.count()).toBe(2);
  });

  test('[MT9] over a network that costs something a device that wants it so sends no file, and sends them over another', async () => {
    const waits = await held({ state: 'waits', account: mine });
    await readDevice(db);
    await chooseFiles(db, () => ({ wifiOnly: true }));
    const sent: string[] = [];
    const relay = new RelayClient((path, init) => {
      sent.push(init?.method ?? '');
      return Promise.reject(new TypeError(String(path)));
    });
    const network = new EventTarget() as EventTarget & { type: string };
    network.type = 'cellular';
    vi.spyOn(navigator as { connection?: unknown }, 'connection', 'get').mockReturnValue(network);
    let looked = 0;
    const unlisten = onNetworkChange(() => looked++);
    expect(tellsNetwork()).toBe(true);
    expect(await uploadMedia(db, relay)).toBe('done');
    expect(sent).toEqual([]);
    expect((await db.mediaFiles.get(waits.id))?.state).toBe('waits');
    network.dispatchEvent(new Event('change'));
    expect(looked).toBe(0);
    network.type = 'wifi';
    network.dispatchEvent(new Event('change'));
    expect(looked).toBe(1);
    await expect(uploadMedia(db, relay)).rejects.toThrow();
    expect(sent).toEqual(['HEAD']);
    unlisten();
    vi.restoreAllMocks();
  });

  test('[MT1] a file of which a piece is missing is not shown as whole', async () => {
    const row = await held({});
    await db.pieces.delete([row.id, 1]);
    expect(await wholeFile(db, row.id)).toBeUndefined();
    await dropFiles(db, [row.id]);
    expect(await db.pieces.count()).toBe(0);
  });

  test('[TB7, ER7] a device that is revoked keeps what it made and nobody has; an erased account leaves nothing of that', async () => {
    const made = await held({ state: 'waits', account: mine });
    const others = await held({ state: 'waits', account: zoe.id });
    await held({});
    await wipe(db);
    expect(await here()).toEqual([made.id, others.id].sort());
    await eraseAccounts(db, [zoe.id]);
    expect(await here()).toEqual([made.id]);
    expect(await db.pieces.count()).toBe(2);
  });

  test('[MT10] a large film is played from the disk, and is gone from there when it is closed or its tab was', async () => {
    const played = await (
      await navigator.storage.getDirectory()
    ).getDirectoryHandle('played', { create: true });
    const hashOf = async (blob = new Blob()) => sha256(await blob.bytes());
    const lying = async (): Promise<number> => {
      let count = 0;
      for await (const name of played.keys()) count += Number(name !== '');
      return count;
    };
    const film = async (bytes: number) => {
      const row = await held({ kind: 'webm', bytes });
      await dropPieces(db, [row.id]);
      for (let at = 0; at < bytes; at += pieceBytes) {
        const piece = new Uint8Array(Math.min(pieceBytes, bytes - at)).fill(at / pieceBytes);
        await putPiece(db, row.id, at / pieceBytes, piece.buffer);
      }
      return row;
    };
    const small = await playedFile(db, (await film(100_000)).id);
    expect([small?.blob.size, await lying()]).toEqual([100_000, 0]);

    const { id } = await film(13_000_000);
    const large = await playedFile(db, id);
    expect([large?.blob.size, large?.blob.type, await lying()]).toEqual([13_000_000, 'video/webm', 1]);
    expect(await hashOf(large?.blob)).toBe(await hashOf(await wholeFile(db, id)));
    // Somebody else begins to work in another tab: what is played stays.
    await played.getFileHandle('left by a tab that was closed', { create: true });
    await sweepPlayed();
    expect([await lying(), (await large?.blob.slice(-1).bytes())?.[0]]).toEqual([1, 12]);
    large?.close();
    await expect.poll(lying).toBe(0);

    // There is no room for it: it is held in memory.
    const full = vi
      .spyOn(FileSystemWritableFileStream.prototype, 'write')
      .mockRejectedValue(new DOMException('no room', 'QuotaExceededError'));
    const inMemory = await playedFile(db, id);
    full.mockRestore();
    expect(inMemory?.blob.size).toBe(13_000_000);
    await expect.poll(lying).toBe(0);

    await db.pieces.delete([id, 3]);
    expect(await playedFile(db, id)).toBeUndefined();
    await expect.poll(lying).toBe(0);
  });

  test('[MK9, ER7] a drawing that was begun goes with the account, and when nobody goes on with it for 30 days', async () => {
    const page = crypto.randomUUID() as string as PageId;
    const begun = (account: AccountId, on: string) =>
      db.drawings.put({ account, page, text: '{}', on: on as CalendarDate });
    const whose = async () => (await db.drawings.toArray()).map(({ account }) => account).sort();
    await begun(mine, '2026-10-30');
    await begun(zoe.id, '2026-10-29');
    await sweepDrawings(db, today);
    expect(await whose()).toEqual([mine]);
    await begun(zoe.id, today);
    await eraseAccounts(db, [zoe.id]);
    expect(await whose()).toEqual([mine]);
    await wipe(db);
    expect(await whose()).toEqual([]);
  });

  test('[CO11, CL19, ER7] words that were begun go with the account, after 30 days, and the oldest where there are very many', async () => {
    const begun = (account: AccountId, on: string, place = pageId(on)) =>
      keepUnsent(db, { account, place: `say/${place}`, text: 'Yo', on: on as CalendarDate });
    const whose = async () => (await db.unsent.toArray()).map(({ account }) => account).sort();
    await begun(mine, '2026-10-30');
    await begun(zoe.id, '2026-10-29');
    await sweepUnsent(db, today);
    expect(await whose()).toEqual([mine]);
    // Names of children are not for longer than the day after, and not for a tablet that others use.
    const list = (on: string) =>
      keepUnsent(db, { account: zoe.id, place: `class/${space}`, text: 'Ana', on: on as CalendarDate });
    await list('2026-11-27');
    await sweepUnsent(db, today);
    expect(await whose()).toEqual([mine]);
    await list('2026-11-28');
    await sweepUnsent(db, today);
    expect(await whose()).toEqual([mine, zoe.id].sort());
    const shared = { is: 'enrolled', kind: 'classroom', owner: mine, accounts: [], rooms: [] } as const;
    await db.device.put({ ...freshDevice(), enrolment: shared });
    await list(today);
    expect(await whose()).toEqual([mine]);
    await begun(zoe.id, today);
    // Of whom it is about, too.
    await keepUnsent(db, { account: mine, place: `profile/${space}/${zoe.id}`, text: 'Zoë', on: today });
    await eraseAccounts(db, [zoe.id]);
    expect(await whose()).toEqual([mine]);
    for (let one = 0; one < 200; one++) await begun(mine, today, pageId(`${one}`));
    expect(await db.unsent.count()).toBe(200);
    expect(await db.unsent.filter(({ on }) => on !== today).count()).toBe(0);
    await wipe(db);
    expect(await whose()).toEqual([]);
  });
});

test('[TB11, MT4] a browser on which a file waits becomes no classroom tablet before it is sent', async () => {
  const { db: used, enrolTablet } = await nobodyAt(marta, riosDeEuropa(), '/tablet');
  const row = {
    space,
    media: 'any' as MediaId,
    part: 'file',
    kind: 'webp',
    hash: 'hash' as FileHash
  } as const;
  await used.mediaFiles.put({ ...row, id: 'any.file', bytes: 1, state: 'waits', account: mine, seen: today });
  expect(await enrolTablet.profile()).toMatchObject({ is: 'used', waiting: 1 });
  expect(await enrolTablet.prepare()).toMatchObject({ ok: false, problem: { code: 'waiting-unsent' } });
  expect(await used.mediaFiles.count()).toBe(1);
});
