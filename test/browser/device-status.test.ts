import { expect, test } from 'vitest';
import { deviceStatus } from '#lib/session/device/device-status.ts';
import { Database } from '#lib/store/database.ts';
import { LiveQuery } from '#lib/store/live-query.svelte.ts';
import { marta, pageId, rios } from '../support/cast.ts';
import { outboxRow } from '../support/outbox-row.ts';
import { riosDeEuropa } from '../support/world.ts';

test('[SP6, WR1] what a device says of itself follows what comes to lie on it', async () => {
  const db = new Database(`status ${crypto.randomUUID()}`);
  const status = new LiveQuery(() => deviceStatus(db, '1'), undefined);
  expect(await status.first).toMatchObject({ waiting: 0 });
  const row = { space: rios, page: pageId('El Ebro'), client: 7, account: marta.id };
  await db.writings.add({ ...row, update: Uint8Array.of(0, 1) });
  await expect.poll(() => status.current).toMatchObject({ waiting: 1 });
  const change = riosDeEuropa().change(marta, 'member.profile', { member: marta.id, text: 'Hola' });
  await db.outbox.add(outboxRow(1, change));
  await expect.poll(() => status.current).toMatchObject({ waiting: 2 });
  status.close();
  db.close();
});
