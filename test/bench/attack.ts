import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { hash as bcryptHash } from 'bcryptjs';
import { deriveSecrets } from '#lib/crypto/sealed-key.ts';
import { roomName } from '#lib/protocol/rooms.ts';
import { RelayProcess } from '../support/relay-process.ts';
import { FilledRelay, password, type Colleague } from './filled-relay.ts';
import { floodNames, type Orders } from './floods.ts';
import { ms, residentOf, type Measured } from './measure.ts';
import { returningTablet } from './returning-tablet.ts';

/** Seconds that each flood lasts, and after which memory is looked at again. */
const [lasting, after] = [5, 10] as const;
/** By how much longer than with no flood an honest change may wait, and the time for all tablets that come back at once. */
const [mostWait, mostReturn] = [250, 3_000] as const;
/** Tablets that come back at once: sixty sockets on each of five devices. */
const returning = 300;

/** How a relay fares while one account floods it: a relay of its own process, on the loopback address, bounded in time. */
export async function attack(): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  for (const members of [100, 5_000]) measured.push(...(await under(members)));
  return measured;
}

async function under(members: number): Promise<readonly Measured[]> {
  const relay = await RelayProcess.start();
  const address = `http://127.0.0.1:${relay.port}`;
  const wrapped = {
    address,
    setUpLink: { path: relay.setupPath },
    stop: async () => void (await relay.stop())
  };
  const filled = await FilledRelay.fill(wrapped, members, relay.folder);
  const cookies = [filled.cookie];
  while (cookies.length < 5) cookies.push(await anotherCookie(filled));
  const honest = await filled.colleague();
  const room = roomName({ document: 'members', space: filled.space, generation: 1 });
  const measured: Measured[] = [];
  const time = await returnOf(address, room, cookies);
  measured.push({
    what: `${members} members: ${returning} tablets come back at once with nothing, until all are served`,
    value: ms(time),
    expected: { text: `≤ ${ms(mostReturn)}`, holds: time <= mostReturn }
  });
  const { username } = filled.admin.account;
  let quiet: number | undefined;
  for (const flood of floodNames) {
    const orders: Orders = { flood, address, cookies, room, username, seconds: lasting };
    const { longest, count, memory } = await beside(relay, filled, honest, orders);
    quiet ??= longest;
    const most = quiet + mostWait;
    const what = `${members} members, ${flood === 'nothing' ? 'no flood' : `64 × ${flood}`}`;
    measured.push(
      {
        what: `${what}: longest wait of ${count} changes`,
        value: ms(longest),
        expected: { text: `≤ ${ms(most)}`, holds: longest <= most }
      },
      { what: `${what}: memory before, at most, ${after} s after`, value: `${memory.join(' → ')} MiB` }
    );
  }
  await filled.stop();
  await relay.dispose();
  return measured;
}

/** The longest wait of an honest change beside one flood, of how many; MiB before, at most, and after. */
async function beside(
  relay: RelayProcess,
  filled: FilledRelay,
  honest: Colleague,
  orders: Orders
): Promise<{ readonly longest: number; readonly count: number; readonly memory: readonly number[] }> {
  const changes = await filled.pupils(lasting * 10, honest);
  const before = Math.round(residentOf(relay.pid));
  const worker = new Worker(new URL('./floods.ts', import.meta.url), { workerData: orders });
  let flooding = true;
  const done = once(worker, 'message').then(() => (flooding = false));
  let [longest, most, count] = [0, before, 0];
  for (const change of changes) {
    if (!flooding) break;
    longest = Math.max(longest, await sent(orders.address, honest.cookie, change));
    most = Math.max(most, Math.round(residentOf(relay.pid)));
    count += 1;
    await pause(20);
  }
  await done;
  await worker.terminate();
  await pause(after * 1_000);
  return { longest, count, memory: [before, most, Math.round(residentOf(relay.pid))] };
}

/** Milliseconds until an honest change is acknowledged; told to slow down, it comes again when it may, as tablets do. */
async function sent(address: string, cookie: string, change: unknown): Promise<number> {
  const start = performance.now();
  for (;;) {
    const answer = await fetch(`${address}/api/changes`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Cookie: cookie },
      body: JSON.stringify({ changes: [change] })
    });
    const body = (await answer.json()) as { verdicts?: { is: string }[]; seconds?: number };
    if (body.verdicts?.[0]?.is === 'accepted') return performance.now() - start;
    if (answer.status !== 429) throw new Error(`${answer.status} ${JSON.stringify(body)}`);
    await pause((body.seconds ?? 1) * 1_000);
  }
}

/** Milliseconds until every one of the tablets has been given the document, each on a socket of its own. */
async function returnOf(address: string, room: string, cookies: readonly string[]): Promise<number> {
  const start = performance.now();
  const sockets = await Promise.all(
    Array.from({ length: returning }, (_, at) =>
      returningTablet(address, room, cookies[at % cookies.length] ?? '')
    )
  );
  const time = performance.now() - start;
  for (const socket of sockets) socket.destroy();
  return time;
}

/** The administrator signs in on one more device. */
async function anotherCookie(filled: FilledRelay): Promise<string> {
  const { username } = filled.admin.account;
  const { device, post } = filled.another();
  const { salt, cost } = (await post('/api/sign-in/start', { username, for: 'password' })) as {
    salt: string;
    cost: number;
  };
  const { prove } = await deriveSecrets(password, salt, cost, bcryptHash);
  const body = JSON.stringify({ username, for: 'password', prove, device });
  const answer = await fetch(`${filled.relay.address}/api/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body
  });
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
  if (cookie === '') throw new Error(`sign-in: ${answer.status}`);
  return cookie;
}
