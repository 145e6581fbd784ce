import { randomBytes } from 'node:crypto';
import type { ArchiveAnswer } from '#lib/protocol/archives.ts';
import { announcing, RelayMedia } from '../support/relay-media.ts';
import { RelayProcess } from '../support/relay-process.ts';
import { found, invite, type Tablet } from '../support/relay-tablet.ts';
import { picture } from './media.ts';
import { ms, residentOf, type Measured } from './measure.ts';
import { must, written, type World } from './visits.ts';

/** What is taken home: so many pages, each with a picture, and so many large ones beside them: two gigabytes. */
const taken = { pages: 500, large: 215, bytes: 9_500_000 } as const;
/** Megabytes a second, and mebibytes of the relay's. */
const budget = { rate: 50, memory: 64 } as const;

/** A whole TwinSpace, laid out and sent: how fast, and what memory it takes. */
export async function home(): Promise<readonly Measured[]> {
  const relay = await RelayProcess.start();
  const world = { relay, ...(await found(relay.address, relay.setupPath.split('#')[1] ?? '')) };
  await fill(world);
  const measured = await take(world);
  await relay.dispose();
  return measured;
}

async function fill(world: World): Promise<void> {
  const { tablet, admin, space, relay } = world;
  const settings = { mediaDayMegabytes: 5_000 };
  await must(tablet.send(await tablet.sign(admin, 'settings.set', { settings }, { space })));
  for (let at = 0; at < taken.pages; at++) await written(world, 1);
  // What one account may send at once is less than all of it.
  const tablets: Tablet[] = [tablet];
  while (tablets.length < 4) tablets.push((await invite(world, 'teacher')).tablet);
  const store = new RelayMedia(relay.address, space);
  const large = picture(taken.bytes);
  for (let at = 0; at < taken.large; at++) {
    // Each another one: what is the same is kept once.
    const own = randomBytes(32).map((byte) => (byte === 0xff ? 0 : byte));
    large.set(own, Math.floor(large.length / 2));
    const said = announcing(large);
    await must(tablet.send(await tablet.sign(admin, 'media.add', said, { space })));
    const { status } = await store.sends(tablets[at % tablets.length] ?? tablet, said.media, large);
    if (status !== 204) throw new Error(`an upload was answered with ${status}`);
  }
}

async function take({ tablet, space, relay }: World): Promise<readonly Measured[]> {
  const before = residentOf(relay.pid);
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, residentOf(relay.pid))), 50);
  const begun = performance.now();
  const laid = await tablet.ask<ArchiveAnswer>('POST', `/api/spaces/${space}/archives`, {});
  const laying = performance.now() - begun;
  const start = performance.now();
  const answer = await fetch(`${relay.address}/api/spaces/${space}/archives/${laid.body.archive}`, {
    headers: { Cookie: `__Host-twinspace-device=${tablet.cookie}` }
  });
  let bytes = 0;
  for await (const part of answer.body ?? []) bytes += part.length;
  const sending = performance.now() - start;
  clearInterval(timer);
  if (bytes !== laid.body.bytes) throw new Error(`${bytes} of ${laid.body.bytes} bytes came`);
  const rate = bytes / 1_000 / sending;
  const more = most - before;
  const what = `${laid.body.pages} pages and ${(bytes / 1e9).toFixed(1)} GB`;
  return [
    { what: `a TwinSpace of ${what} laid out`, value: ms(laying) },
    {
      what: 'sent as one ZIP, from the disk: a second',
      value: `${rate.toFixed(0)} MB`,
      expected: { text: `≥ ${budget.rate} MB`, holds: rate >= budget.rate }
    },
    {
      what: 'more memory of the relay meanwhile',
      value: `${more.toFixed(0)} MiB`,
      expected: { text: `≤ ${budget.memory} MiB`, holds: more <= budget.memory }
    }
  ];
}
