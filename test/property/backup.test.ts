import { describe, expect, test } from 'vitest';
import type { FileHash } from '#lib/domain/ids.ts';
import { backupEntry, writeBackup, type BackupContent } from '#lib/protocol/backup.ts';
import { entryBytes, stretchName, volumesOf, type StretchName } from '#lib/protocol/backup-volumes.ts';
import { isAsAnnounced } from '#lib/session/desk/is-as-announced.ts';
import { joined, openBackup, type FoundStretch, type OpenBackup } from '#lib/session/desk/open-backup.ts';
import { fileId } from '#lib/store/media-files.ts';
import { writeZip } from '#lib/zip/write-zip.ts';
import { marta, mediaId, rios, today } from '../support/cast.ts';
import { cleaned, lookAt } from '../support/media/cleaned.ts';
import { markedPictures } from '../support/media/pictures.ts';
import { hashOf } from '../support/relay-media.ts';
import { Seeded } from '../support/seeded.ts';

/** A file of media as it lies on a device. */
interface Filed extends Omit<StretchName, 'from'> {
  readonly content: Buffer;
  readonly bytes: number;
}

const on = new Date(`${today}T00:00`);
const changes: BackupContent['changes'] = [{ header: '{"v":3}', payload: 'e30', signature: 'AAAA' }];

function filed(content: Buffer, called: string, kind: Filed['kind'] = 'webp'): Filed {
  return { media: mediaId(called), part: 'file', kind, content, bytes: content.length };
}

/** A copy of these files, in volumes that have so much room for them. */
async function copyOf(files: readonly Filed[], most: number): Promise<readonly Blob[]> {
  const laid = volumesOf(files, most);
  const places = (of: Filed): number[] =>
    laid.flatMap((volume, at) => (volume.some(({ file }) => file === of) ? [at + 1] : []));
  const listed = files.map((file) => {
    const { media, part, kind } = file;
    return { space: rios, media, part, kind, in: places(file) };
  });
  return Promise.all(
    laid.map(async (stretches, at) => {
      const content = { device: marta.device.id, made: today, changes, files: listed };
      const text = await writeBackup({ ...content, volume: at + 1, volumes: laid.length });
      const entries = stretches.map(({ file, from, to }) => ({
        name: stretchName({ ...file, from }),
        content: inPieces(file.content.subarray(from, to))
      }));
      return writeZip([{ name: backupEntry, content: text }, ...entries], on);
    })
  );
}

async function* inPieces(bytes: Buffer): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  for (let at = 0; at < bytes.length; at += 1000) yield new Uint8Array(bytes.subarray(at, at + 1000));
}

function stretchesOf(volumes: readonly OpenBackup[], { media, part }: Filed): readonly FoundStretch[] {
  return volumes.flatMap(({ stretches }) => stretches.get(fileId(media, part)) ?? []);
}

async function bytesOf(blob: Blob | undefined): Promise<Buffer | undefined> {
  return blob && Buffer.from(await blob.arrayBuffer());
}

/** A copy in which one to three things are altered, left out, doubled or cut off. */
function mutated(file: Buffer, chance: Seeded): Buffer {
  let bent = Buffer.from(file);
  for (let left = 1 + chance.below(3); left > 0; left--) {
    // What a ZIP says of itself stands at its end; half of the faults are made there.
    const at =
      chance.below(2) === 0
        ? chance.below(bent.length)
        : bent.length - 1 - chance.below(Math.min(600, bent.length));
    const way = chance.below(8);
    if (way < 3) bent[at] = (bent[at] ?? 0) ^ (1 << chance.below(8));
    else if (way < 5) bent[at] = chance.of([0, 1, 0x7f, 0x80, 0xff, chance.below(256)]);
    else if (way === 5)
      bent = Buffer.concat([bent.subarray(0, at), bent.subarray(at + 1 + chance.below(40))]);
    else if (way === 6) bent = Buffer.concat([bent.subarray(0, at), bent.subarray(Math.max(0, at - 40))]);
    else bent = bent.subarray(0, Math.max(1, at));
  }
  return bent;
}

describe('copies of any files', () => {
  test('[BK4, BK5] read back are the same bytes, whatever volumes they lie in and in which order these come', async () => {
    const chance = new Seeded(14);
    for (let round = 0; round < 150; round++) {
      const files = Array.from({ length: chance.below(8) + 1 }, (_, at) =>
        filed(chance.bytes(1 + chance.below(4_000)), `${round} ${at}`)
      );
      const most = entryBytes + 1 + chance.below(5_000);
      const volumes = await copyOf(files, most);
      const opened: OpenBackup[] = [];
      for (const volume of volumes) {
        const open = await openBackup(volume);
        if (typeof open === 'string') throw new Error(`round ${round}: ${open}`);
        opened.unshift(open);
      }
      for (const file of files) {
        const back = await bytesOf(joined(stretchesOf(opened, file), file.bytes));
        expect(back?.equals(file.content), `round ${round}`).toBe(true);
        // Without one of the volumes in which it lies it is not taken for whole.
        const { in: places = [] } = opened[0]?.content.files.find(({ media }) => media === file.media) ?? {};
        const left = places[chance.below(places.length)];
        const fewer = opened.filter(({ content }) => content.volume !== left);
        expect(joined(stretchesOf(fewer, file), file.bytes), `round ${round}`).toBeUndefined();
      }
    }
  });

  test('[BK5] altered at random: refused, or whatever is taken from them is what it was', async () => {
    const files: Filed[] = [];
    const sizes = new Map<Filed, { readonly width: number; readonly height: number }>();
    for (const { name, file } of markedPictures) {
      const content = await cleaned(file);
      const looked = content && (await lookAt(content));
      if (!content || !looked || 'unwalkable' in looked) throw new Error(`${name} is no picture`);
      const one = filed(content, name, looked.kind);
      files.push(one);
      sizes.set(one, looked);
    }
    const [copy] = await copyOf(files, 10_000_000);
    const whole = await bytesOf(copy);
    if (!whole) throw new Error('no copy');
    const chance = new Seeded(4);
    const counts = { refused: 0, whole: 0, altered: 0 };
    for (let seed = 0; seed < 3_000; seed++) {
      const open = await openBackup(new Blob([new Uint8Array(mutated(whole, chance))]));
      if (typeof open === 'string') {
        counts.refused += 1;
        continue;
      }
      expect(open.content.changes, `seed ${seed}`).toEqual(changes);
      for (const file of files) {
        const bytes = joined(stretchesOf([open], file), file.bytes);
        const said = { kind: file.kind, hash: hashOf(file.content) as FileHash, bytes: file.bytes };
        const size = sizes.get(file);
        const taken =
          bytes && (await isAsAnnounced(bytes, { said, ...(size ? { size } : {}) }, () => undefined));
        counts[taken ? 'whole' : 'altered'] += 1;
        if (taken) expect((await bytesOf(bytes))?.equals(file.content), `seed ${seed}`).toBe(true);
      }
    }
    // Each of the three did come up.
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(20);
  });
});
