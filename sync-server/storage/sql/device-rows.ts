import type { Kysely, Selectable } from 'kysely';
import type { CalendarDate } from '#lib/domain/dates.ts';
import { grouped } from '#lib/domain/grouped.ts';
import type { AccountId, DeviceId, OfferId, SpaceId } from '#lib/domain/ids.ts';
import type { DeviceStatus } from '#lib/protocol/tablets.ts';
import type { LetInEnd, StoredDevice } from '#relay/storage/records.ts';
import { inParts } from './in-parts.ts';
import type { Accounts, LetIn } from './let-in.ts';
import type { Tables } from './tables.ts';

/**
 * Lets accounts in on a device, within the caller's transaction if there is one; `held`: only notes that their keys are
 * there, which takes nothing from who was let in.
 */
export async function letIn(
  db: Kysely<Tables>,
  device: DeviceId,
  accounts: readonly AccountId[],
  held: boolean
): Promise<void> {
  for (const part of inParts(accounts)) {
    const rows = part.map((account) => ({ device, account, held: held ? 1 : 0 }));
    const insert = db.insertInto('device_accounts').values(rows);
    await (
      held
        ? insert.onConflict((conflict) => conflict.doNothing())
        : insert.onConflict((conflict) => conflict.columns(['device', 'account']).doUpdateSet({ held: 0 }))
    ).execute();
  }
}

/** TB6: of whoever was let in on these devices only the keys are, or were, there; within the caller's transaction. */
export async function shutOut(db: Kysely<Tables>, devices: readonly DeviceId[]): Promise<void> {
  if (devices.length === 0) return;
  await db.updateTable('device_accounts').set({ held: 1 }).where('device', 'in', devices).execute();
}

/** SI12, SI14: of these only the keys are, or were, there; within the caller's transaction. */
export async function endLetIns(db: Kysely<Tables>, ended: readonly LetInEnd[]): Promise<void> {
  for (const device of new Set(ended.map((end) => end.device))) {
    const accounts = ended.filter((end) => end.device === device).map(({ account }) => account);
    for (const part of inParts(accounts))
      await db
        .updateTable('device_accounts')
        .set({ held: 1 })
        .where('device', '=', device)
        .where('account', 'in', part)
        .execute();
  }
}

/** Revokes devices within the caller's transaction if there is one. */
export async function revoke(db: Kysely<Tables>, devices: readonly DeviceId[]): Promise<void> {
  if (devices.length === 0) return;
  await db.updateTable('devices').set({ revoked: 1 }).where('id', 'in', devices).execute();
}

/** The devices in these rows, with whom each let in. */
export async function withAccounts(
  db: Kysely<Tables>,
  known: LetIn,
  rows: readonly Selectable<Tables['devices']>[]
): Promise<readonly StoredDevice[]> {
  const letIn = new Map<string, Accounts>();
  for (const { id } of rows) {
    const accounts = known.get(id);
    if (accounts) letIn.set(id, accounts);
  }
  const unknown = rows.map((row) => row.id).filter((id) => !letIn.has(id));
  if (unknown.length > 0) {
    const asked = known.count;
    for (const [id, accounts] of await accountsOf(db, unknown)) {
      letIn.set(id, accounts);
      known.set(id, accounts, asked);
    }
  }
  return rows.map((row) => toDevice(row, letIn.get(row.id) ?? { accounts: [], signedIn: [] }));
}

async function accountsOf(
  db: Kysely<Tables>,
  devices: readonly string[]
): Promise<ReadonlyMap<string, Accounts>> {
  const rows: Tables['device_accounts'][] = [];
  for (const part of inParts(devices)) {
    rows.push(
      ...(await db
        .selectFrom('device_accounts')
        .selectAll()
        .where('device', 'in', part)
        .orderBy('account')
        .execute())
    );
  }
  const of = grouped(rows, ({ device }) => device);
  return new Map(
    devices.map((device) => {
      const own = of.get(device) ?? [];
      const accounts = own.map(({ account }) => account as AccountId);
      const signedIn = own.filter(({ held }) => held === 0).map(({ account }) => account as AccountId);
      return [device, { accounts, signedIn }];
    })
  );
}

/** Written by this storage only, so each column holds what its name says. */
function toDevice(row: Selectable<Tables['devices']>, { accounts, signedIn }: Accounts): StoredDevice {
  return {
    id: row.id as DeviceId,
    kind: row.kind as StoredDevice['kind'],
    owner: row.owner as AccountId,
    accounts,
    signedIn,
    revoked: row.revoked === 1,
    created: row.created as CalendarDate,
    lastContact: row.last_contact as CalendarDate,
    confirmed: row.confirmed === 1,
    waiting: row.waiting,
    ...(row.status === null ? {} : { status: JSON.parse(row.status) as DeviceStatus }),
    ...(row.space === null ? {} : { space: row.space as SpaceId }),
    ...(row.name === null ? {} : { name: row.name }),
    ...(row.offer === null ? {} : { offer: row.offer as OfferId }),
    ...(row.stage === null ? {} : { stage: row.stage as 'waiting' | 'active' })
  };
}
