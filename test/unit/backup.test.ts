import { describe, expect, test } from 'vitest';
import { sha256 } from '#lib/crypto/encoding.ts';
import { readBackup, writeBackup } from '#lib/protocol/backup.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import { marta, today } from '../support/cast.ts';

const changes: readonly SignedChange[] = [
  { header: '{"v":3, "id":"ñ"}', payload: 'e30', signature: 'AAAA' },
  { header: '{"v":3}', payload: 'e30', signature: 'BBBB', credential: '{ "v": 1 }' }
];
const file = (): Promise<string> => writeBackup({ device: marta.device.id, made: today, changes });

/** The file with something about it changed, and a checksum that fits if asked for. */
async function spoiled(spoil: (file: Record<string, unknown>) => void, fits = false): Promise<string> {
  const json = JSON.parse(await file()) as Record<string, unknown>;
  spoil(json);
  if (fits) json['checksum'] = await sha256(String(json['content']));
  return JSON.stringify(json);
}

describe('a backup file', () => {
  test('[BK1] has the changes exactly as they were signed', async () => {
    expect(await readBackup(await file())).toEqual({ device: marta.device.id, made: today, changes });
  });

  test('[BK2] that is none, too new or damaged is refused, each with its own word', async () => {
    expect(await readBackup('')).toBe('not-a-backup');
    expect(await readBackup('[]')).toBe('not-a-backup');
    expect(await readBackup('{"twinspace":"export","v":1}')).toBe('not-a-backup');
    expect(await readBackup(await spoiled((json) => (json['v'] = 2)))).toBe('newer-version');
    expect(await readBackup(await spoiled((json) => (json['content'] += ' ')))).toBe('damaged');
    expect(await readBackup(await spoiled((json) => (json['checksum'] = '')))).toBe('damaged');
    expect(await readBackup(await spoiled((json) => (json['more'] = 1)))).toBe('damaged');
    expect((await readBackup((await file()).slice(0, -1))) as string).toBe('not-a-backup');
  });

  test('[BK2] is refused when what it holds is not in form, even with a checksum that fits', async () => {
    const content = (made: unknown) => spoiled((json) => (json['content'] = JSON.stringify(made)), true);
    expect(await readBackup(await content({ device: marta.device.id, made: today, changes: [{}] }))).toBe(
      'damaged'
    );
    expect(await readBackup(await content({ device: 'x', made: today, changes: [] }))).toBe('damaged');
    expect(await readBackup(await spoiled((json) => (json['content'] = 'no JSON'), true))).toBe('damaged');
  });
});
