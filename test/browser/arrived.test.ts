import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { toBase64Url, utf8 } from '#lib/crypto/encoding.ts';
import { clockDay } from '#lib/store/device.ts';
import type { Database } from '#lib/store/database.ts';
import { changeId, groupId, marta, rios, zoe, type Person } from '../support/cast.ts';
import { riosDeEuropa } from '../support/world.ts';
import { sit } from './support/seat.ts';

/** Somebody's new group has arrived. */
async function made(db: Database, { id: actor }: Person, name: string): Promise<void> {
  const args = { group: groupId(name), name, kind: 'team' };
  const payload = toBase64Url(utf8(JSON.stringify(args)));
  const rest = { space: rios, name: 'group.make', on: clockDay(), payload, notes: [] } as const;
  await db.settled.put({ id: changeId(name), actor, ...rest });
}

test('[OB3] what has arrived is listed for whoever did it, and grows while they look', async () => {
  const { db } = await sit(marta, riosDeEuropa(), '/tray');
  const arrived = page.getByRole('region', { name: 'Lo que ha llegado' });
  await expect.element(arrived.getByText('Aquí verás lo que se haya aceptado')).toBeVisible();
  await made(db, zoe, 'Rojos');
  await made(db, marta, 'Azules');
  await expect.element(arrived.getByText('Azules')).toBeVisible();
  await expect.element(arrived.getByText('Rojos')).not.toBeInTheDocument();
  await made(db, marta, 'Verdes');
  await expect.element(arrived.getByText('Verdes')).toBeVisible();
});
