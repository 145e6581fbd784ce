import { describe, expect, test } from 'vitest';
import { predictLength } from 'client-zip';
import { sha256 } from '#lib/crypto/encoding.ts';
import { readBackup, writeBackup, type BackupContent } from '#lib/protocol/backup.ts';
import {
  readStretchName,
  stretchName,
  volumeBytes,
  volumesOf,
  type StretchName
} from '#lib/protocol/backup-volumes.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import { marta, mediaId, rios, today } from '../support/cast.ts';

const changes: readonly SignedChange[] = [
  { header: '{"v":3, "id":"ñ"}', payload: 'e30', signature: 'AAAA' },
  { header: '{"v":3}', payload: 'e30', signature: 'BBBB', credential: '{ "v": 1 }' }
];
const plain: BackupContent = {
  device: marta.device.id,
  made: today,
  changes,
  volume: 1,
  volumes: 1,
  files: []
};
const filed: BackupContent = {
  ...plain,
  volume: 2,
  volumes: 3,
  files: [{ space: rios, media: mediaId('river'), part: 'preview', kind: 'webp', in: [2, 3] }]
};
const file = (): Promise<string> => writeBackup(plain);

/** The file with something about it changed, and a checksum that fits if asked for. */
async function spoiled(
  spoil: (file: Record<string, unknown>) => void,
  fits = false,
  of = plain
): Promise<string> {
  const json = JSON.parse(await writeBackup(of)) as Record<string, unknown>;
  spoil(json);
  if (fits) json['checksum'] = await sha256(String(json['content']));
  return JSON.stringify(json);
}

describe('a backup file', () => {
  test('[BK1] has the changes exactly as they were signed', async () => {
    expect(await readBackup(await file())).toEqual(plain);
  });

  test('[BK1, BK4] says which files go with it; without any it is a text that every older app reads', async () => {
    expect(await readBackup(await writeBackup(filed))).toEqual(filed);
    expect(JSON.parse(await writeBackup(filed))).toMatchObject({ v: 2 });
    const first = JSON.parse(await file()) as { v: number; content: string };
    expect(first.v).toBe(1);
    expect(Object.keys(JSON.parse(first.content) as object)).toEqual(['device', 'made', 'changes']);
  });

  test('[BK2] that is none, too new or damaged is refused, each with its own word', async () => {
    expect(await readBackup('')).toBe('not-a-backup');
    expect(await readBackup('[]')).toBe('not-a-backup');
    expect(await readBackup('{"twinspace":"export","v":1}')).toBe('not-a-backup');
    expect(await readBackup(await spoiled((json) => (json['v'] = 3)))).toBe('newer-version');
    expect(await readBackup(await spoiled((json) => (json['v'] = 2)))).toBe('damaged');
    expect(await readBackup(await spoiled((json) => (json['v'] = 1), false, filed))).toBe('damaged');
    expect(await readBackup(await spoiled((json) => (json['content'] += ' ')))).toBe('damaged');
    expect(await readBackup(await spoiled((json) => (json['checksum'] = '')))).toBe('damaged');
    expect(await readBackup(await spoiled((json) => (json['more'] = 1)))).toBe('damaged');
    expect((await readBackup((await file()).slice(0, -1))) as string).toBe('not-a-backup');
  });

  test('[BK2] is refused when what it holds is not in form, even with a checksum that fits', async () => {
    const content = (made: unknown, of = plain) =>
      spoiled((json) => (json['content'] = JSON.stringify(made)), true, of);
    expect(await readBackup(await content({ device: marta.device.id, made: today, changes: [{}] }))).toBe(
      'damaged'
    );
    expect(await readBackup(await content({ device: 'x', made: today, changes: [] }))).toBe('damaged');
    expect(await readBackup(await spoiled((json) => (json['content'] = 'no JSON'), true))).toBe('damaged');
    const [one] = filed.files;
    for (const wrong of [
      { volume: 0 },
      { volumes: 1000 },
      { files: [{ ...one, media: '../../etc' }] },
      { files: [{ ...one, kind: 'svg' }] },
      { files: [{ ...one, in: [] }] },
      { files: [{ ...one, name: 'Ana.jpg' }] }
    ])
      expect(await readBackup(await content({ ...filed, ...wrong }, filed))).toBe('damaged');
  });
});

describe('the volumes of a copy', () => {
  const sizes = (all: readonly number[], most: number) =>
    volumesOf(
      all.map((bytes) => ({ bytes })),
      most
    ).map((volume) => volume.map(({ from, to }) => [from, to]));

  test('[BK4] keep files whole where they can, and cut only what is larger than one', () => {
    expect(sizes([], 1000)).toEqual([[]]);
    expect(sizes([100, 200], 1000)).toEqual([
      [
        [0, 100],
        [0, 200]
      ]
    ]);
    expect(sizes([300, 300], 1000)).toEqual([[[0, 300]], [[0, 300]]]);
    expect(sizes([100, 1600, 100], 1000)).toEqual([
      [[0, 100]],
      [[0, 744]],
      [[744, 1488]],
      [
        [1488, 1600],
        [0, 100]
      ]
    ]);
  });

  test('[BK4] of 500 MB at most hold a film that is larger, with all that a ZIP says beside the bytes', () => {
    const mb = 1_000_000;
    const name: StretchName = { media: mediaId('film'), part: 'preview', kind: 'jpeg', from: 999 * mb };
    const volumes = sizes([...Array.from({ length: 3_000 }, () => 400_000), 999 * mb], volumeBytes);
    expect(volumes.length).toBe(5);
    for (const volume of volumes) {
      const entries = volume.map(([from = 0, to = 0]) => ({ name: stretchName(name), size: to - from }));
      expect(Number(predictLength(entries))).toBeLessThanOrEqual(volumeBytes + 22);
    }
  });

  test('[BK4, BK5] call their files by ids and nothing else; another name is none of theirs', () => {
    const name: StretchName = { media: mediaId('river'), part: 'file', kind: 'mp4', from: 7_000_000 };
    expect(stretchName(name)).toBe(`${name.media}.file.7000000.mp4`);
    expect(readStretchName(stretchName(name))).toEqual(name);
    for (const wrong of [
      '',
      'twinspace-backup.json',
      `../${stretchName(name)}`,
      `${stretchName(name)}.exe`,
      stretchName(name).replace('7000000', '07'),
      stretchName(name).replace('7000000', '-1'),
      stretchName(name).replace('7000000', '99999999999'),
      stretchName(name).replace('mp4', 'svg'),
      stretchName(name).replace('file', 'folder')
    ])
      expect(readStretchName(wrong), wrong).toBeUndefined();
  });
});
