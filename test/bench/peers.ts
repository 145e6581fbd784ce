import { setTimeout as pause } from 'node:timers/promises';
import { changes, usedBy } from './changes.ts';
import { median, residentOf, type Measured } from './measure.ts';
import { Listener } from './peers/listener.ts';
import { installPeers, peerNames } from './peers/peer.ts';
import { Ours, Theirs, type Side } from './peers/side.ts';

const followers = [30, 100, 300] as const;
/** Changes that are sent as fast as it goes; rounds of which the middle one counts. */
const [saturating, rounds] = [500, 3] as const;
/** Changes that are sent one every so many milliseconds. */
const [paced, every] = [200, 20] as const;
const joins = [100, 1_000, 10_000] as const;
const idle = 1_000;

/** One figure of each relay; ours first. */
interface Row {
  readonly what: string;
  readonly unit: string;
  readonly figures: readonly number[];
  /** Whether more is better, and how much worse than the better peer ours may be. */
  readonly better: 'more' | 'less';
  readonly within?: number;
}

/**
 * The relay beside those of its field, with the same document, clients and machine, in one run: what a change costs
 * until all followers have it, and what it costs to come anew. Ours judges, signs off and stores each change before it
 * tells it; theirs keep it in memory. Every figure is a ratio in the end: the machine is what it is.
 */
export async function peers(): Promise<readonly Measured[]> {
  installPeers();
  const measured: Measured[] = [...(await changes())];
  for (const row of [...(await fanOut()), ...(await joining())]) measured.push(told(row));
  return measured;
}

async function fanOut(): Promise<readonly Row[]> {
  const ours = await Ours.start(100, Math.max(...followers, idle));
  const state = await ours.state();
  const sides: Side[] = [ours];
  for (const name of peerNames) sides.push(await Theirs.start(name, state));
  const rows: Row[] = [];
  let number = 0;
  for (const count of followers) {
    const saturated = [];
    const times = [];
    for (const side of sides) {
      const runs = [];
      for (let round = 0; round < rounds; round++, number += saturating)
        runs.push(await saturate(side, count, number));
      saturated.push({ rate: median(runs.map(({ rate }) => rate)), cpu: median(runs.map(({ cpu }) => cpu)) });
      times.push(await pace(side, count, number));
      number += paced;
    }
    const to = `to ${count} followers`;
    rows.push(
      { what: `deliveries ${to}`, unit: '/s', figures: saturated.map(({ rate }) => rate), better: 'more' },
      {
        what: `CPU of a delivery ${to}`,
        unit: 'µs',
        figures: saturated.map(({ cpu }) => cpu),
        better: 'less'
      },
      {
        what: `paced ${to}: p50`,
        unit: 'ms',
        figures: times.map(({ p50 }) => p50),
        better: 'less',
        within: 2
      },
      {
        what: `paced ${to}: p99`,
        unit: 'ms',
        figures: times.map(({ p99 }) => p99),
        better: 'less',
        within: 2
      }
    );
  }
  const held = [];
  for (const side of sides) held.push(await holding(side));
  rows.push({ what: `memory of an idle follower, of ${idle}`, unit: 'KiB', figures: held, better: 'less' });
  for (const side of sides) await side.stop();
  return rows;
}

/** Many changes at once, until every follower has the last one. */
async function saturate(
  side: Side,
  count: number,
  from: number
): Promise<{ readonly rate: number; readonly cpu: number }> {
  const sender = await side.changes(from, saturating);
  let left = count;
  let done: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (done = resolve));
  // Of those that come to one update the last one of each writer is told: all of the last ninety are.
  const last = from + saturating - 1;
  const listeners = await open(side, count, () => {
    let has = false;
    return (number) => {
      if (number !== last || has) return;
      has = true;
      if (--left === 0) done();
    };
  });
  const before = cpuOf(side);
  const start = performance.now();
  await Promise.all([sender.all(), all]);
  const deliveries = count * saturating;
  const rate = deliveries / ((performance.now() - start) / 1_000);
  const cpu = ((cpuOf(side) - before) * 1_000) / deliveries;
  for (const listener of listeners) listener.close();
  return { rate, cpu };
}

/** One change after the other: from its sending to each follower's screen, as it were. */
async function pace(
  side: Side,
  count: number,
  from: number
): Promise<{ readonly p50: number; readonly p99: number }> {
  const sender = await side.changes(from, paced);
  const sent: number[] = [];
  const times: number[] = [];
  let done: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (done = resolve));
  const listeners = await open(side, count, () => (number) => {
    const at = sent[number - from];
    if (at === undefined) return;
    times.push(performance.now() - at);
    if (times.length === count * paced) done();
  });
  for (let at = 0; at < paced; at++) {
    sent.push(performance.now());
    sender.one(at);
    await pause(every);
  }
  await all;
  for (const listener of listeners) listener.close();
  const sorted = times.toSorted((a, b) => a - b);
  const part = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return { p50: part(0.5), p99: part(0.99) };
}

/** KiB of the relay's memory for each of those who follow and hear nothing. */
async function holding(side: Side): Promise<number> {
  const before = residentOf(side.pid);
  const listeners = await open(side, idle, () => () => undefined);
  const held = ((residentOf(side.pid) - before) * 1_024) / idle;
  for (const listener of listeners) listener.close();
  return held;
}

async function joining(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const members of joins) {
    const ours = await Ours.start(members, 1);
    const state = await ours.state();
    const sides: Side[] = [ours];
    for (const name of peerNames) sides.push(await Theirs.start(name, state));
    const [cold, warm, bytes]: number[][] = [[], [], []];
    for (const side of sides) {
      await side.restart();
      const first = await side.join();
      const later = [];
      for (let round = 0; round < 7; round++) later.push((await side.join()).ms);
      cold?.push(first.ms);
      warm?.push(median(later));
      bytes?.push(first.bytes / 1_024);
    }
    const of = `join of ${members} members`;
    rows.push(
      { what: `${of}: first in a fresh process`, unit: 'ms', figures: cold ?? [], better: 'less' },
      { what: `${of}: later`, unit: 'ms', figures: warm ?? [], better: 'less' },
      { what: `${of}: on the wire`, unit: 'KiB', figures: bytes ?? [], better: 'less' }
    );
    for (const side of sides) await side.stop();
  }
  return rows;
}

async function open(
  side: Side,
  count: number,
  came: () => (number: number) => void
): Promise<readonly Listener[]> {
  const listeners: Listener[] = [];
  // Few at once: the relay is not measured while they come.
  while (listeners.length < count) {
    const next = Array.from({ length: Math.min(20, count - listeners.length) }, (_, at) =>
      Listener.open(side.speech(listeners.length + at), came())
    );
    listeners.push(...(await Promise.all(next)));
  }
  return listeners;
}

function cpuOf({ pid }: Side): number {
  return usedBy({ pid }).cpu;
}

function told({ what, unit, figures, better, within = 1 }: Row): Measured {
  const [own = Number.NaN, ...others] = figures;
  const best = better === 'more' ? Math.max(...others) : Math.min(...others);
  const ratio = own / best;
  const holds = better === 'more' ? ratio * within >= 1 : ratio <= within;
  const names = ['ours', ...peerNames];
  const said = figures.map((figure, at) => `${names[at]} ${figure.toFixed(figure < 100 ? 1 : 0)}`).join(', ');
  const text = better === 'more' ? `≥ ${1 / within} × the better` : `≤ ${within} × the better`;
  return { what, value: `${said} ${unit}; ${ratio.toFixed(2)} ×`, expected: { text, holds } };
}
