import { describe, expect, test } from 'vitest';
import type { PublicAccount } from '#lib/domain/account.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import { memberRows, type MemberRow } from '#lib/session/space/member-row.ts';
import { readTable } from '#lib/tables/read-table.ts';
import { writeTable } from '#lib/tables/write-table.ts';
import { exportable, exportedRows } from '#lib/ui/members/export/exported.ts';
import { angel, angelC, giulia, luca, marta, newAccount, newKey, rios, zoe } from '../support/cast.ts';
import { exportWords } from '../support/export-words.ts';
import { riosDeEuropa, type World } from '../support/world.ts';

const words = exportWords('es');

function membersOf(world: World, viewer = marta): readonly MemberRow[] {
  const state = world.spaces.get(rios);
  if (!state) throw new Error('no such TwinSpace');
  const look = { account: viewer.id, seesUsernames: true, waitingFor: new Set<AccountId>() };
  return memberRows(state, world.directory, look as Parameters<typeof memberRows>[2]);
}

describe('the exported list', () => {
  test('[EX1, G17] whom the exporter invited; all pupils where that is chosen; never an adult', () => {
    const world = riosDeEuropa();
    const [hers, his] = [membersOf(world, marta), membersOf(world, luca)];
    const names = (rows: readonly { readonly account: AccountId }[]): readonly AccountId[] =>
      rows.map(({ account }) => account);
    expect(names(exportable(hers, 'mine'))).toContain(angel.id);
    expect(names(exportable(hers, 'mine'))).not.toContain(zoe.id);
    expect(names(exportable(his, 'mine'))).toContain(zoe.id);
    expect(names(exportable(hers, 'all'))).toEqual(expect.arrayContaining([angel.id, zoe.id]));
    expect(names(exportable(hers, 'all'))).not.toContain(luca.id);
  });

  test('[EX2, MM10, G17] username, names, role, days; by family name', () => {
    const world = riosDeEuropa();
    world.do(marta, 'pupil.add', { account: newAccount(giulia), role: 'pupil-admin' });
    world.do(angel, 'access.record', { on: world.now });
    const rows = exportedRows(exportable(membersOf(world), 'mine'), words);
    expect(rows[0]).toEqual([
      ...['Usuario', 'Nombre', 'Apellidos', 'Se ve como', 'Función', 'Grupos', 'Centro', 'Invitado el'],
      'Último acceso'
    ]);
    const of = (username: string) => rows.find(([first]) => first === username);
    expect(of('giulia.b.1')?.slice(0, 5)).toEqual([
      'giulia.b.1',
      'Giulia',
      'B',
      'Giulia B',
      'Alumno administrador'
    ]);
    expect(of('angel.canorobles.1')?.at(-1)).toBe(world.now);
    const families = rows.slice(1).map((row) => row[2] ?? '');
    expect(families).toEqual(families.toSorted(words.compare));
  });

  test('[EX2, G17] nothing of a key is in it, whatever the member rows carry', () => {
    const world = riosDeEuropa();
    world.do(marta, 'pupil.add', { account: newAccount(angelC), role: 'pupil' });
    world.do(marta, 'key.set', { account: angel.id, key: newKey(angel, 2), reason: 'forgotten' });
    const rows = exportable(membersOf(world), 'all');
    // Even if a row carried it by mistake.
    const leaky = rows.map((row) => ({ ...row, password: 'tigre7luna3', sealed: 'SEALED', salt: 'SALT' }));
    const bytes = writeTable(exportedRows(leaky, words), ';');
    const text = new TextDecoder().decode(bytes);
    const secrets = ['tigre7luna3', 'SEALED', 'SALT'];
    for (const { account } of rows) {
      const known: PublicAccount | undefined = world.directory.public(account);
      secrets.push(account, ...(known?.keys ?? []).flatMap(({ id, publicKey }) => [id, publicKey]));
    }
    expect(secrets.length).toBeGreaterThan(8);
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    const read = readTable(bytes);
    expect('rows' in read && read.rows.every((row) => row.length <= 9)).toBe(true);
  });
});
