import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utf8 } from '#lib/crypto/encoding.ts';
import { importPrivateKey, makeKey, sign, verify } from '#lib/crypto/signing.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import { openDatabase } from '#relay/storage/sqlite/open.ts';
import { RelayProcess } from '../support/relay-process.ts';
import { FilledRelay } from './filled-relay.ts';
import { median, type Measured } from './measure.ts';

/** Members of the TwinSpace; each of them writes in turn. */
const members = 100;
/** Rounds of which the middle one counts. */
const rounds = 5;

/** How the changes come: so many clients at once, each with requests of so many. */
const ways = [
  { what: 'one by one', clients: 1, size: 1, requests: 100 },
  { what: 'one client, requests of 50', clients: 1, size: 50, requests: 8 },
  { what: 'eight clients at once, requests of 50', clients: 8, size: 50, requests: 2 }
] as const;

/** What a relay of its own process has used. */
interface Used {
  /** Milliseconds of the processor. */
  readonly cpu: number;
  /** Bytes handed to the disk. */
  readonly bytes: number;
}

/** Durable accepted changes a second, what each costs the relay, and beside them what the machine would allow. */
export async function changes(): Promise<readonly Measured[]> {
  const floors = { flush: await flushes(), signatures: await signatures() };
  const relay = await RelayProcess.start();
  const filled = await FilledRelay.fill(
    {
      address: relay.address,
      setUpLink: { path: relay.setupPath },
      stop: async () => void (await relay.stop())
    },
    members,
    relay.folder
  );
  const measured: Measured[] = [
    { what: 'floor: commits of one row a second, flushed', value: floors.flush.toFixed(0) },
    { what: 'floor: signatures verified a second, one by one', value: floors.signatures.toFixed(0) }
  ];
  for (const { what, clients, size, requests } of ways) {
    const runs: { rate: number; used: Used }[] = [];
    for (let round = 0; round < rounds; round++) {
      const batches: (readonly SignedChange[])[][] = [];
      for (let client = 0; client < clients; client++) batches.push(await batchesOf(filled, size, requests));
      const count = clients * size * requests;
      const before = usedBy(relay);
      const start = performance.now();
      await Promise.all(
        batches.map(async (own) => {
          for (const batch of own) await filled.send(batch);
        })
      );
      const seconds = (performance.now() - start) / 1_000;
      const after = usedBy(relay);
      const used = {
        cpu: (after.cpu - before.cpu) / count,
        bytes: (after.bytes - before.bytes) / count
      };
      runs.push({ rate: count / seconds, used });
    }
    const rate = median(runs.map((run) => run.rate));
    const floor = size === 1 ? floors.flush : floors.signatures;
    measured.push(
      {
        what: `changes a second, ${what}`,
        value: `${rate.toFixed(0)}, ${(rate / floor).toFixed(2)} × floor`
      },
      {
        what: `of each: CPU; written, ${what}`,
        value: `${median(runs.map(({ used }) => used.cpu)).toFixed(2)} ms; ${(median(runs.map(({ used }) => used.bytes)) / 1024).toFixed(1)} KiB`
      }
    );
  }
  await filled.stop();
  await relay.dispose();
  return measured;
}

/** So many requests of so many changes, each by another pupil than the one before. */
async function batchesOf(
  filled: FilledRelay,
  size: number,
  requests: number
): Promise<(readonly SignedChange[])[]> {
  const pupils = Math.min(size * requests, members - 1);
  const all = await filled.lessons(pupils, Math.ceil((size * requests) / pupils));
  return Array.from({ length: requests }, (_, at) => all.slice(at * size, (at + 1) * size));
}

/** Commits of one row a second, each flushed to the disk, on a database like the relay's. */
async function flushes(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'twinspace-bench-'));
  const database = openDatabase(folder);
  const write = database.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('bench', ?)");
  const rates = await roundsOf(() => {
    for (let at = 0; at < 100; at++) write.run(String(at));
    return 100;
  });
  database.close();
  await rm(folder, { recursive: true, force: true });
  return median(rates);
}

/** Signatures verified a second, one after the other, as a change's is. */
async function signatures(): Promise<number> {
  const fresh = await makeKey();
  const bytes = utf8('x'.repeat(500));
  const signature = await sign(await importPrivateKey(fresh.privateKey), bytes);
  return median(
    await roundsOf(async () => {
      for (let at = 0; at < 500; at++) await verify(fresh.publicKey, signature, bytes);
      return 500;
    })
  );
}

async function roundsOf(work: () => Promise<number> | number): Promise<readonly number[]> {
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    const count = await work();
    rates.push(count / ((performance.now() - start) / 1_000));
  }
  return rates;
}

/** As Linux counts it; elsewhere nothing is told. */
export function usedBy({ pid }: Pick<RelayProcess, 'pid'>): Used {
  if (!existsSync(`/proc/${pid}/io`)) return { cpu: Number.NaN, bytes: Number.NaN };
  // proc_pid_stat(5): fields 14 and 15, counted behind the name in brackets, in hundredths of a second.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const written = /^write_bytes: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1];
  return { cpu: (Number(fields[11]) + Number(fields[12])) * 10, bytes: Number(written) };
}
