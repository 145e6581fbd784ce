import type { Kysely, Selectable } from 'kysely';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { ChangeId, DeviceId, SecretHash, SpaceId } from '#lib/domain/ids.ts';
import type { Verdict } from '#lib/protocol/verdict.ts';
import type { AcceptedWrite, ChangeStore, LoggedChange, Settled } from '#relay/storage/storage.ts';
import { writeActivity } from './activity.ts';
import { endLetIns, letIn, revoke, shutOut } from './device-rows.ts';
import { enrol } from './devices.ts';
import { forgetCredentials, putCredential, putDirectory, putInvitation } from './directory.ts';
import { writeUpdate } from './documents.ts';
import type { LetIn } from './let-in.ts';
import type { Tables } from './tables.ts';
import { admit, putOffer } from './tablets.ts';

/** The log of changes in SQLite. */
export function changeStore(db: Kysely<Tables>, known: LetIn): ChangeStore {
  return {
    settled: async (id) => {
      const accepted = await db.selectFrom('changes').selectAll().where('id', '=', id).executeTakeFirst();
      if (accepted) return toSettled(accepted);
      const refused = await db.selectFrom('refusals').selectAll().where('id', '=', id).executeTakeFirst();
      return refused && toSettled({ ...refused, secret_hash: null });
    },
    isTakenOver: async (id) => {
      const found = await db
        .selectFrom('changes')
        .select('id')
        .where('takes_over', '=', id)
        .executeTakeFirst();
      return found !== undefined;
    },
    accept: async (write) => {
      await db.transaction().execute((tx) => accept(tx, write));
      if (write.rescoped?.length || write.shutOut?.length) known.forget();
      for (const { device, account, held = false } of write.letIn) known.added(device, [account], held);
    },
    refuse: (id, settled, received, activity) =>
      db.transaction().execute(async (tx) => {
        await expectUnknown(tx, 'changes', id);
        await tx
          .insertInto('refusals')
          .values({
            id,
            received,
            fingerprint: settled.fingerprint,
            verdict: JSON.stringify(settled.verdict)
          })
          .execute();
        if (activity) await writeActivity(tx, activity);
      }),
    after: async (seq, most) => {
      const rows = await db
        .selectFrom('changes')
        .selectAll()
        .where('seq', '>', seq)
        .orderBy('seq')
        .limit(most)
        .execute();
      return rows.map(toLogged);
    }
  };
}

async function accept(tx: Kysely<Tables>, write: AcceptedWrite): Promise<void> {
  const { id, space, device, carrier, header, payload, signature, received } = write.change;
  await expectUnknown(tx, 'refusals', id);
  await tx
    .insertInto('changes')
    .values({
      ...{ id, space, device, carrier: carrier ?? null, header, payload, signature, received },
      fingerprint: write.settled.fingerprint,
      verdict: JSON.stringify(write.settled.verdict),
      secret_hash: write.settled.secretHash ?? null,
      takes_over: write.takesOver ?? null
    })
    .execute();
  await putDirectory(tx, write.directory);
  for (const update of write.updates) await writeUpdate(tx, update);
  await forgetCredentials(tx, write.endedKeys ?? []);
  if (write.credential) await putCredential(tx, write.credential);
  for (const link of write.invitations) await putInvitation(tx, link);
  if (write.enrol) await enrol(tx, write.enrol);
  if (write.activity) await writeActivity(tx, write.activity);
  await shutOut(tx, write.rescoped ?? []);
  await endLetIns(tx, write.shutOut ?? []);
  for (const { device: where, account, held = false } of write.letIn) await letIn(tx, where, [account], held);
  if (write.offer) await putOffer(tx, write.offer);
  await admit(tx, write.admitted ?? []);
  await revoke(tx, write.revoked ?? []);
}

/** An id has one verdict, in whichever table. */
async function expectUnknown(tx: Kysely<Tables>, table: 'changes' | 'refusals', id: ChangeId): Promise<void> {
  const known = await tx.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst();
  if (known) throw new Error('this change has its verdict already');
}

function toSettled(row: Pick<Tables['changes'], 'fingerprint' | 'verdict' | 'secret_hash'>): Settled {
  return {
    fingerprint: row.fingerprint,
    verdict: JSON.parse(row.verdict) as Verdict,
    ...(row.secret_hash ? { secretHash: row.secret_hash as SecretHash } : {})
  };
}

function toLogged(row: Selectable<Tables['changes']>): LoggedChange {
  const { seq, header, payload, signature } = row;
  return {
    ...{ seq, header, payload, signature },
    id: row.id as ChangeId,
    space: row.space as SpaceId,
    device: row.device as DeviceId,
    ...(row.carrier ? { carrier: row.carrier as DeviceId } : {}),
    received: row.received as CalendarDate
  };
}
