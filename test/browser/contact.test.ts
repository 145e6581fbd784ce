import { afterEach, beforeEach, expect, test } from 'vitest';
import { relayHeader } from '#lib/protocol/relay-header.ts';
import { Contact, type Told } from '#lib/session/device/contact.svelte.ts';
import { Database, type OutboxRow } from '#lib/store/database.ts';
import { freshDevice } from '#lib/store/device.ts';
import { RelayClient } from '#lib/sync/relay-client.ts';
import { changeId, marta, pageId, rios, today } from '../support/cast.ts';

let db: Database;
let wire: Wire;
let contact: Contact;
let told: Told[];
beforeEach(async () => {
  db = new Database(`contact-${crypto.randomUUID()}`);
  wire = new Wire();
  told = [];
  const { id } = marta.device;
  const enrolled = { is: 'enrolled', kind: 'personal', owner: marta.id, accounts: [], rooms: [] } as const;
  await db.device.put({ ...freshDevice(), id, enrolment: enrolled });
  const status = { waiting: 0, files: 0, drafts: 0, refused: 0, app: '' };
  contact = new Contact(db, wire.client, { lost: () => undefined, status: async () => status });
  contact.listen((what) => told.push(what));
});
afterEach(async () => {
  await contact.close();
  db.close();
});

/** The relay's side of the wire: takes every change, and knows this device. */
class Wire {
  reports = 0;
  taken = 0;
  reachable = true;

  readonly client = new RelayClient(async (asked, init) => {
    if (!this.reachable) throw new TypeError('no network');
    const path = new URL(String(asked), location.href).pathname;
    const headers = { [relayHeader]: 'a'.repeat(22) };
    if (path === '/api/device') {
      this.reports++;
      const { id } = marta.device;
      const device = { id, kind: 'personal', owner: marta.id };
      const rest = { accounts: [], rooms: [], credentialsTag: '', leaseDays: 30, erased: [] };
      return Response.json({ device, today, ...rest }, { headers });
    }
    if (path !== '/api/changes') return Response.json({}, { headers });
    const { changes } = JSON.parse(await new Response(init?.body).text()) as {
      changes: { header: string }[];
    };
    const verdicts = changes.map(({ header }) => {
      this.taken++;
      const { id } = JSON.parse(header) as { id: string };
      return { id, is: 'accepted', version: 1, notes: [] };
    });
    return Response.json({ today, verdicts }, { headers });
  });
}

async function waits(name: OutboxRow['name'], page?: ReturnType<typeof pageId>): Promise<void> {
  const id = changeId(crypto.randomUUID());
  const signed = { header: JSON.stringify({ id }), payload: '', signature: '' };
  const row = { id, space: rios, actor: marta.id, name, signed, since: '2026-11-24T10:00:00Z' };
  await db.outbox.add({ ...row, ...(page ? { page } : {}), state: { is: 'waiting' } } as OutboxRow);
}

test('[OB7] what was written in pages and shown there was sent: no report is asked for, and it is told', async () => {
  await contact.start();
  await expect.poll(() => told).toEqual(['report']);
  await waits('page.edit', pageId('El Ebro'));
  await expect.poll(() => told).toEqual(['report', 'sent']);
  await waits('media.add');
  await expect.poll(() => told).toEqual(['report', 'sent', 'sent']);
  expect(wire).toMatchObject({ reports: 1, taken: 2 });
});

test('[OB7] of what may alter who signs in here, or what is followed, a report is asked for', async () => {
  await contact.start();
  await expect.poll(() => told).toEqual(['report']);
  await waits('page.edit', pageId('El Ebro'));
  await waits('pupil.add');
  await expect.poll(() => wire.taken).toBe(2);
  await expect.poll(() => told.filter((one) => one === 'report').length).toBe(2);
});

test('[OB7] a device that had no contact asks for its report, whatever was sent', async () => {
  wire.reachable = false;
  await contact.start();
  await expect.poll(() => contact.online).toBe(false);
  wire.reachable = true;
  await waits('page.edit', pageId('El Ebro'));
  await expect.poll(() => contact.online).toBe(true);
  expect(wire).toMatchObject({ reports: 1, taken: 1 });
});
