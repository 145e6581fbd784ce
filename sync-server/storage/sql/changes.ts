import { sql, type Kysely, type Selectable } from 'kysely';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, ChangeId, DeviceId, SecretHash, SpaceId } from '#lib/domain/ids.ts';
import type { Verdict } from '#lib/protocol/verdict.ts';
import type {
  ChangeKey,
  ChangeStore,
  LoggedChange,
  Settled,
  ChangeName
} from '#relay/storage/change-store.ts';
import type { AcceptedWrite } from '#relay/storage/change-store.ts';
import { writeActivity } from './activity.ts';
import { endLetIns, letIn, revoke, shutOut } from './device-rows.ts';
import { enrol } from './devices.ts';
import { forgetCredentials, putCredential, putDirectory, putInvitation } from './directory.ts';
import { inParts } from './in-parts.ts';
import type { LetIn } from './let-in.ts';
import { inOne } from './in-one.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import { admit, putOffer } from './tablets.ts';

/** The verdict of a change; of a refusal from before its author was kept only where the fingerprint is the same. */
const findSettled = statement<ChangeKey & { readonly fingerprint: string }, SettledRow>((db, blank) => {
  const refusal = db
    .selectFrom('refusals')
    .select(['actor as whose', 'fingerprint', 'verdict', sql<string | null>`NULL`.as('secret_hash')])
    .where('id', '=', blank('id'));
  return db
    .selectFrom('changes')
    .select(['actor as whose', 'fingerprint', 'verdict', 'secret_hash'])
    .where('id', '=', blank('id'))
    .where('space', '=', blank('space'))
    .where('actor', '=', blank('actor'))
    .unionAll(refusal.where('space', '=', blank('space')).where('actor', '=', blank('actor')))
    .unionAll(
      refusal.where('space', '=', '').where('actor', '=', '').where('fingerprint', '=', blank('fingerprint'))
    );
});

const findTakenOver = statement<ChangeKey>((db, blank) =>
  db
    .selectFrom('changes')
    .select('id')
    .where('takes_over', '=', blank('id'))
    .where('space', '=', blank('space'))
    .where('takes_from', '=', blank('actor'))
);

const insertChange = statement<Omit<Selectable<Tables['changes']>, 'seq'>>((db, blank) =>
  db.insertInto('changes').values({
    id: blank('id'),
    space: blank('space'),
    actor: blank('actor'),
    name: blank('name'),
    device: blank('device'),
    carrier: blank('carrier'),
    header: blank('header'),
    payload: blank('payload'),
    signature: blank('signature'),
    received: blank('received'),
    fingerprint: blank('fingerprint'),
    verdict: blank('verdict'),
    secret_hash: blank('secret_hash'),
    takes_over: blank('takes_over'),
    takes_from: blank('takes_from')
  })
);

/** One change more of an account on a day, of so many bytes. */
const countKept = statement<Selectable<Tables['kept_on_days']>>((db, blank) =>
  db
    .insertInto('kept_on_days')
    .values({
      day: blank('day'),
      actor: blank('actor'),
      changes: blank('changes'),
      bytes: blank('bytes')
    })
    .onConflict((at) =>
      at.columns(['day', 'actor']).doUpdateSet({
        changes: ({ ref }) => sql`${ref('kept_on_days.changes')} + ${ref('excluded.changes')}`,
        bytes: ({ ref }) => sql`${ref('kept_on_days.bytes')} + ${ref('excluded.bytes')}`
      })
    )
);

/** A verdict, and whose change it is; empty for a refusal from before that was kept. */
type SettledRow = Pick<Selectable<Tables['changes']>, 'fingerprint' | 'verdict' | 'secret_hash'> & {
  readonly whose: string;
};

/** The log of changes. */
export function changeStore(db: Kysely<Tables>, known: LetIn): ChangeStore {
  return {
    settled: async ({ id, space, actor }, fingerprint) => {
      const rows = await findSettled(db, { id, space, actor, fingerprint: fingerprint ?? '' });
      const row = rows.find(({ whose }) => whose === actor) ?? rows[0];
      return row && toSettled(row);
    },
    verdicts: async (space, id) => {
      const found: Verdict[] = [];
      for (const table of ['changes', 'refusals'] as const) {
        const rows = await db
          .selectFrom(table)
          .select('verdict')
          .where('id', '=', id)
          .where('space', 'in', [space, ''])
          .execute();
        found.push(...rows.map(({ verdict }) => JSON.parse(verdict) as Verdict));
      }
      return found;
    },
    isTakenOver: async ({ id, space, actor }) => {
      return (await findTakenOver(db, { id, space, actor })).length > 0;
    },
    accept: async (write) => {
      await inOne(db, (tx) => accept(tx, write));
      if (write.rescoped?.length || write.shutOut?.length) known.forget();
      for (const { device, account, held = false } of write.letIn) known.added(device, [account], held);
    },
    refuse: (key, settled, received, activity) =>
      inOne(db, async (tx) => {
        await expectUnknown(tx, key);
        const { id, space, actor } = key;
        await tx
          .insertInto('refusals')
          .values({
            id,
            space,
            actor,
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
    },
    keptOn: async (actor, day) => {
      const made = await db
        .selectFrom('kept_on_days')
        .select(['changes', 'bytes'])
        .where('day', '=', day)
        .where('actor', '=', actor)
        .executeTakeFirst();
      const { refusals } = await db
        .selectFrom('refusals')
        .select(({ fn }) => fn.countAll<number>().as('refusals'))
        .where('actor', '=', actor)
        .where('received', '=', day)
        .executeTakeFirstOrThrow();
      return { changes: 0, bytes: 0, ...made, refusals };
    },
    prune: (before) =>
      inOne(db, async (tx) => {
        await tx.deleteFrom('refusals').where('received', '<', before).execute();
        await tx.deleteFrom('kept_on_days').where('day', '<', before).execute();
        await tx
          .deleteFrom('changes')
          .where('name', '=', 'access.record')
          .where('received', '<', before)
          .execute();
      })
  };
}

async function accept(tx: Kysely<Tables>, write: AcceptedWrite): Promise<void> {
  const { id, space, actor, name, device, carrier, header, payload, signature, received } = write.change;
  await expectUnknown(tx, write.change);
  if (name === 'draft.keep') await pruneDrafts(tx, write.change);
  await insertChange(tx, {
    id,
    space,
    actor,
    name,
    device,
    carrier: carrier ?? null,
    header,
    payload,
    signature,
    received,
    fingerprint: write.settled.fingerprint,
    verdict: JSON.stringify(write.settled.verdict),
    secret_hash: write.settled.secretHash ?? null,
    takes_over: write.takesOver?.change ?? null,
    takes_from: write.takesOver?.actor ?? null
  });
  const bytes = Buffer.byteLength(header) + Buffer.byteLength(payload) + Buffer.byteLength(signature);
  await countKept(tx, { day: received, actor, changes: 1, bytes });
  await putDirectory(tx, write.directory);
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

/** GA19: the draft that this one replaces loses its text; its envelope stays, so that the log can be checked. */
async function pruneDrafts(
  tx: Kysely<Tables>,
  { actor, space, payload }: Pick<LoggedChange, 'actor' | 'space' | 'payload'>
): Promise<void> {
  const place = placeIn(payload);
  const rows = await tx
    .selectFrom('changes')
    .select(['seq', 'payload'])
    .where('actor', '=', actor)
    .where('space', '=', space)
    .where('name', '=', 'draft.keep')
    .where('payload', '<>', '')
    .execute();
  const replaced = rows.filter((row) => placeIn(row.payload) === place).map(({ seq }) => seq);
  for (const part of inParts(replaced))
    await tx.updateTable('changes').set({ payload: '' }).where('seq', 'in', part).execute();
}

/** Where a draft is written; its form was checked when it was accepted. */
function placeIn(payload: string): unknown {
  return (JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { readonly place?: unknown })
    .place;
}

/** An id has one verdict for its author, in whichever table. */
async function expectUnknown(tx: Kysely<Tables>, { id, space, actor }: ChangeKey): Promise<void> {
  const known = await findSettled(tx, { id, space, actor, fingerprint: '' });
  if (known.length > 0) throw new Error('this change has its verdict already');
}

function toSettled(
  row: Pick<Selectable<Tables['changes']>, 'fingerprint' | 'verdict' | 'secret_hash'>
): Settled {
  return {
    fingerprint: row.fingerprint,
    verdict: JSON.parse(row.verdict) as Verdict,
    ...(row.secret_hash ? { secretHash: row.secret_hash as SecretHash } : {})
  };
}

function toLogged(row: Selectable<Tables['changes']>): LoggedChange {
  const { seq, header, payload, signature } = row;
  return {
    seq,
    header,
    payload,
    signature,
    id: row.id as ChangeId,
    space: row.space as SpaceId,
    actor: row.actor as AccountId,
    name: row.name as ChangeName,
    device: row.device as DeviceId,
    ...(row.carrier ? { carrier: row.carrier as DeviceId } : {}),
    received: row.received as CalendarDate
  };
}
