import { expect, test } from 'vitest';
import { relayHeader } from '#lib/protocol/relay-header.ts';
import { RelayClient } from '#lib/sync/relay-client.ts';

const salt = 'N9qo8uLOickgx2ZMRZoMye';

/** What the client makes of such an answer. */
function answered(body: object): Promise<unknown> {
  const headers = { [relayHeader]: 'A'.repeat(22) };
  const relay = new RelayClient(async () => Response.json(body, { headers }));
  return relay.start('ana.rio.1', 'password').catch((error: unknown) => (error as { code: string }).code);
}

test('[SI18] salt and cost are taken in form and within bounds, before anything is derived with them', async () => {
  for (const cost of [10, 14]) expect(await answered({ salt, cost })).toEqual({ salt, cost });
  for (const cost of [9, 15, 31, 10.5, '12']) expect(await answered({ salt, cost })).toBe('unreadable');
  for (const other of ['', salt.slice(1), `${salt}a`, `${salt.slice(1)}$`, 12])
    expect(await answered({ salt: other, cost: 10 })).toBe('unreadable');
});
