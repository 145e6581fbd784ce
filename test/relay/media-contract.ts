import { describe, expect, test } from 'vitest';
import type { DeviceId, MediaId, SpaceId } from '#lib/domain/ids.ts';
import type { Arriving, MediaStore } from '#relay/media/media-store.ts';
import type { MediaAddress } from '#lib/protocol/media.ts';
import { freshId } from '../support/relay-tablet.ts';

const space = freshId<SpaceId>();
const bytes = Uint8Array.from({ length: 300 }, (_, at) => at % 251);

function arrivingNew(device = freshId<DeviceId>(), media = freshId<MediaId>()): Arriving {
  return { space, media, part: 'file', device };
}

const fileOf = ({ space: where, media, part }: Arriving): MediaAddress => ({ space: where, media, part });

async function* parts(...all: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void, void> {
  yield* all;
}

async function* cutAfter(first: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  yield first;
  throw new Error('cut');
}

async function readAll(
  store: MediaStore,
  file: MediaAddress,
  from = 0,
  to = bytes.length
): Promise<Uint8Array> {
  return new Uint8Array(await new Response(store.read(file, from, to)).arrayBuffer());
}

/** MR6: what holds for every place where media are kept. Each test opens an empty one. */
export function mediaContract(name: string, open: () => MediaStore): void {
  /** One in which this file is kept. */
  async function holding(): Promise<{ readonly store: MediaStore; readonly kept: Arriving }> {
    const store = open();
    const kept = arrivingNew();
    await store.append(kept, parts(bytes));
    await store.keep(kept);
    return { store, kept };
  }

  describe(`media in ${name}`, () => {
    test('[MR6] what arrives is added to what has come, and is nowhere else', async () => {
      const store = open();
      const to = arrivingNew();
      expect(await store.arrived(to)).toBe(0);
      await store.append(to, parts(bytes.subarray(0, 100), bytes.subarray(100, 120)));
      expect(await store.arrived(to)).toBe(120);
      await store.append(to, parts(bytes.subarray(120)));
      const arrived = await store.openArrived(to);
      expect([arrived.length, await arrived.read(90, 130)]).toEqual([300, bytes.subarray(90, 130)]);
      await arrived.close();
      expect([await store.has(fileOf(to)), await store.keptBefore(Infinity)]).toEqual([false, []]);
    });

    test('[MR1, MR6] what came before a part failed stays', async () => {
      const store = open();
      const to = arrivingNew();
      await expect(store.append(to, cutAfter(bytes.subarray(0, 7)))).rejects.toThrow('cut');
      expect(await store.arrived(to)).toBe(7);
    });

    test('[MR6, MR7] each device has its own, and they are counted', async () => {
      const store = open();
      const one = arrivingNew();
      const others = arrivingNew(freshId(), one.media);
      await store.append(one, parts(bytes));
      await store.append(arrivingNew(one.device), parts(bytes));
      expect([await store.arrived(others), await store.begunBy(others.device)]).toEqual([0, 0]);
      expect(await store.begunBy(one.device)).toBe(2);
      await store.discard(one);
      await store.discard(one);
      expect([await store.begunBy(one.device), await store.arrived(one)]).toEqual([1, 0]);
    });

    test('[MR6] what is kept is there whole, any stretch of it, and nothing arrives any more', async () => {
      const { store, kept } = await holding();
      expect([await store.has(fileOf(kept)), await store.arrived(kept)]).toEqual([true, 0]);
      expect(await readAll(store, fileOf(kept))).toEqual(bytes);
      expect(await readAll(store, fileOf(kept), 299, 300)).toEqual(bytes.subarray(299));
      expect(await store.has({ ...fileOf(kept), part: 'preview' })).toBe(false);
      expect(await store.has({ ...fileOf(kept), space: freshId() })).toBe(false);
    });

    test('[MR5, MR6] the same bytes have two names, and one stays when the other goes', async () => {
      const { store, kept } = await holding();
      const second = arrivingNew();
      await store.append(second, parts(bytes));
      await store.keep(second, fileOf(kept));
      expect([await store.arrived(second), await store.begunBy(second.device)]).toEqual([0, 0]);
      await store.remove(fileOf(kept));
      await store.remove(fileOf(kept));
      expect(await store.has(fileOf(kept))).toBe(false);
      expect(await readAll(store, fileOf(second))).toEqual(bytes);
    });

    test('[MR6] it is kept as well where those same bytes are gone meanwhile, and where it is there already', async () => {
      const { store, kept } = await holding();
      const second = arrivingNew();
      await store.append(second, parts(bytes));
      await store.keep(second, fileOf(arrivingNew()));
      const again = arrivingNew(freshId(), kept.media);
      await store.append(again, parts(bytes));
      await store.keep(again, fileOf(second));
      for (const one of [kept, second]) expect(await readAll(store, fileOf(one))).toEqual(bytes);
      expect(await store.keptBefore(Infinity)).toHaveLength(2);
    });

    test('[MR5, MR6] what was kept, and what has begun, is known by when', async () => {
      const { store, kept } = await holding();
      const begun = arrivingNew();
      await store.append(begun, parts(bytes));
      await store.sweep(0);
      expect([await store.arrived(begun), await store.keptBefore(0)]).toEqual([300, []]);
      expect(await store.keptBefore(Date.now() + 60_000)).toEqual([fileOf(kept)]);
      await store.sweep(Date.now() + 60_000);
      expect([await store.arrived(begun), await store.has(fileOf(kept))]).toEqual([0, true]);
    });

    test('[MR6] nothing but ids becomes the name of a file', async () => {
      const store = open();
      for (const wrong of ['..', '../x', '', `${space}/..`, `${space}\0`]) {
        const to = { ...arrivingNew(), media: wrong as MediaId };
        await expect((async () => store.append(to, parts(bytes)))()).rejects.toThrow('no id');
        await expect((async () => store.has(fileOf(to)))()).rejects.toThrow('no id');
      }
    });
  });
}
