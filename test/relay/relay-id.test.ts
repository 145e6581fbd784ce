import { expect, test } from 'vitest';
import { isRelay, relayHeader } from '#lib/protocol/relay-header.ts';
import { testRelay } from '../support/relay.ts';

const paths = ['/healthz', '/api/relay', '/api/device', '/api/nothing', '/sync/nothing'];

test('[NW8] every answer bears the id of the relay, whatever it says, and the same after a restart', async () => {
  const { relay, folder } = await testRelay();
  const ids = async (address: string): Promise<(string | null)[]> => {
    const answers = await Promise.all(paths.map((path) => fetch(address + path)));
    return answers.map(({ headers }) => headers.get(relayHeader));
  };
  const before = await ids(relay.address);
  expect(before.every(isRelay)).toBe(true);
  expect(new Set(before).size).toBe(1);
  await relay.stop();
  const again = await testRelay({ dataDir: folder });
  expect(await ids(again.relay.address)).toEqual(before);
  const other = await testRelay();
  expect(await ids(other.relay.address)).not.toEqual(before);
});
