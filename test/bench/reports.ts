import { sha256, randomText } from '#lib/crypto/encoding.ts';
import type { DeviceId, OfferId, SecretHash } from '#lib/domain/ids.ts';
import type { DeviceReport } from '#lib/protocol/messages.ts';
import { FilledRelay } from './filled-relay.ts';
import { median, ms, type Measured } from './measure.ts';

type Other = ReturnType<FilledRelay['another']>;

/** Classroom tablets of the wave, and members of the TwinSpace: what the issue names as the largest. */
const [carts, members] = [60, 2_000] as const;

/** What one more pupil costs the relay when every tablet of a school asks for its report again (SI11). */
export async function reports(): Promise<readonly Measured[]> {
  const filled = await FilledRelay.start(members);
  const tablets = await cartOf(filled);
  const tags = new Map<DeviceId, string>();
  const wave = async (): Promise<{ readonly time: number; readonly bytes: number }> => {
    const start = performance.now();
    const texts = await Promise.all(
      tablets.map((tablet) => tablet.get(`/api/device?credentials=${tags.get(tablet.device) ?? ''}`))
    );
    const time = performance.now() - start;
    tablets.forEach(({ device }, at) => {
      tags.set(device, (JSON.parse(texts[at] ?? '') as DeviceReport).credentialsTag);
    });
    return { time, bytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) };
  };
  const first = await wave();
  const [same, added]: { time: number; bytes: number }[][] = [[], []];
  for (let round = 0; round < 5; round++) {
    same?.push(await wave());
    await filled.send(await filled.pupils(1));
    added?.push(await wave());
  }
  await filled.stop();
  const rows = [
    ['first report of each', [first]],
    ['again, nothing changed', same ?? []],
    ['again, one pupil more', added ?? []]
  ] as const;
  return rows.flatMap(([what, times]) => [
    {
      what: `${carts} tablets × ${members} pupils: ${what}, all at once`,
      value: ms(median(times.map(({ time }) => time)))
    },
    {
      what: 'the same, bytes for each tablet',
      value: `${(median(times.map(({ bytes }) => bytes)) / carts / 1024).toFixed(1)} KiB`
    }
  ]);
}

/** Tablets that were let in for all pupils. */
async function cartOf(filled: FilledRelay): Promise<readonly Other[]> {
  const tablets: Other[] = [];
  const secret = randomText(32);
  const hashOf = async (text: string): Promise<SecretHash> => (await sha256(text)) as SecretHash;
  const scope = { groups: 'all', teachers: [] } as const;
  const offer = crypto.randomUUID() as string as OfferId;
  const hashes = { secretHash: await hashOf(secret), codeHash: await hashOf(randomText(32)) };
  await filled.send([
    await filled.sign({ name: 'tablet.offer', args: { offer, ...hashes, count: carts, ...scope } })
  ]);
  while (tablets.length < carts) {
    const tablet = filled.another();
    const body = { offer: { secret }, device: tablet.device, name: 'Tableta' };
    const answer = (await tablet.post('/api/tablets/ask', body)) as { code?: string };
    // TB12: the digits of another one that waits.
    if (answer.code === 'device-taken') continue;
    if (answer.code !== undefined) throw new Error(answer.code);
    await filled.send([
      await filled.sign({ name: 'tablet.admit', args: { tablet: tablet.device, name: 'Tableta', ...scope } })
    ]);
    tablets.push(tablet);
  }
  return tablets;
}
