import { mayAlterReport } from '#lib/domain/may-alter-report.ts';
import { limits } from '#lib/protocol/limits.ts';
import type { Database, OutboxRow } from '#lib/store/database.ts';
import { leaving, take } from '#lib/store/outbox.ts';
import { firstWaiting } from '#lib/store/waiting.ts';
import { Pace } from './pace.ts';
import type { RelayClient } from './relay-client.ts';
import { RelayError } from './relay-error.ts';

/** What came of sending. */
export interface Sent {
  /** The relay asked to come again for something. */
  readonly again: boolean;
  /** OB7: the report of this device may be another now. */
  readonly report: boolean;
}

/** One uploader per browser: tabs and the service worker share this Web Lock (OB2). */
const lock = 'twinspace-upload';

/** How an outbox is sent; what was learnt of the network stays with whoever sends again. */
export interface Sending {
  readonly pace: Pace;
  /** Milliseconds, going on steadily. */
  readonly clock: () => number;
}

/** Sending on a network of which nothing is known yet. */
export function sending(): Sending {
  return { pace: new Pace(limits.body * 0.75), clock: () => performance.now() };
}

/**
 * OB2: sends what waits, in the order in which it was made, in batches, until nothing is left to send or the relay
 * asks for patience. Changes are signed already, so nobody needs to be signed in; it runs in the service worker too.
 *
 * DR3: what is only on this device is let go no sooner than the relay has answered: a mere attempt, with no network,
 * would leave nothing that a newer draft may replace.
 *
 * @throws RelayError when the relay cannot be reached or refuses this device
 */
export async function upload(db: Database, relay: RelayClient, how: Sending = sending()): Promise<Sent> {
  return navigator.locks.request(lock, async () => {
    const sent = { again: false, report: false };
    if (await waitsForYes(db)) return sent;
    const asked = new Set<string>();
    let heard = false;
    for (;;) {
      const rows = (await firstWaiting(db, limits.changesPerRequest + asked.size)).filter(
        ({ id }) => !asked.has(id)
      );
      const next = firstBatch(rows, how.pace.bytes);
      if (next.length === 0) return { ...sent, again: asked.size > 0 };
      const only = next.findIndex(({ onlyHere }) => onlyHere);
      if (only === 0 && !heard) await relay.reach();
      const batch = await leaving(db, heard || only <= 0 ? next : next.slice(0, only));
      if (batch.length === 0) continue;
      const { verdicts, today } = await send(relay, batch, how);
      heard = true;
      sent.report ||= batch.some(({ name }) => mayAlterReport(name));
      await take(db, verdicts, today);
      const settled = new Set(
        verdicts
          .filter((verdict) => verdict.is === 'accepted' || verdict.is === 'refused')
          .map(({ id }) => id)
      );
      for (const row of batch) if (!settled.has(row.id)) asked.add(row.id);
    }
  });
}

/** TB4: what a tablet sends before somebody has said yes to it would be refused for good. */
async function waitsForYes(db: Database): Promise<boolean> {
  const { enrolment } = (await db.device.get('device')) ?? {};
  return enrolment?.is === 'enrolled' && enrolment.tablet?.stage === 'waiting';
}

/** NW5: one batch, from which the next one's size is learnt. */
async function send(
  relay: RelayClient,
  batch: readonly OutboxRow[],
  { pace, clock }: Sending
): ReturnType<RelayClient['changes']> {
  const began = clock();
  try {
    const answer = await relay.changes(batch.map((row) => row.signed));
    pace.arrived(clock() - began);
    return answer;
  } catch (error) {
    if (error instanceof RelayError && error.unreached)
      pace.lost(
        batch.reduce((sum, row) => sum + sizeOf(row), 0),
        clock() - began
      );
    throw error;
  }
}

/** As many changes, in order, as may go at once: at least one. */
function firstBatch(rows: readonly OutboxRow[], most: number): readonly OutboxRow[] {
  const batch: OutboxRow[] = [];
  let size = 0;
  for (const row of rows) {
    size += sizeOf(row);
    if (batch.length > 0 && (batch.length >= limits.changesPerRequest || size > most)) break;
    batch.push(row);
  }
  return batch;
}

function sizeOf({ signed }: OutboxRow): number {
  return JSON.stringify(signed).length;
}
