import { Readable } from 'node:stream';
import type { Core } from '#relay/core.ts';
import { guarded } from '#relay/guarded.ts';

/** MR7: a stretch that somebody is told, and how long it is, in bytes. */
interface Told {
  readonly payer: string;
  readonly bytes: number;
}

/** MR7: a stretch that was paid for as a whole: what was not told when it broke off is given back. */
export function paid(
  { rates, log }: Pick<Core, 'rates' | 'log'>,
  { payer, bytes }: Told,
  stretch: AsyncIterable<Uint8Array>
): ReadableStream<Uint8Array> {
  let told = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array, void, void> {
    for await (const part of stretch) {
      told += part.length;
      yield part;
    }
  };
  const stream = Readable.from(counted(), { objectMode: true, highWaterMark: 1 });
  stream.once(
    'close',
    guarded(log, 'paid', () => rates.charge('mediaOut', payer, told - bytes))
  );
  return Readable.toWeb(stream);
}
