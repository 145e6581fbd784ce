import { expect, test } from 'vitest';
import { Accounts } from '#lib/session/space/accounts.ts';
import type { Bench } from '#lib/session/work/bench.ts';
import { rios } from '../support/cast.ts';

test('[TB16] whose a device is is told as the members are now, also where they come after the relay’s answer', async () => {
  const owner = 'account-of-luca';
  const members = new Map<string, { readonly display: string }>();
  const homes = new Map<string, { readonly home: string }>();
  const device = { id: 'd', kind: 'personal', owner, lastContact: '2026-11-29', waiting: 0 };
  const bench = {
    app: { relay: { spaceDevices: () => Promise.resolve([device]) } },
    session: { account: 'account-of-marta' },
    nameOf: (_: string, account: string) => members.get(account)?.display ?? '',
    view: { directory: { public: (account: string) => homes.get(account) } }
  };
  const answer = await new Accounts(bench as unknown as Bench, rios).devices();
  const row = answer.ok ? answer.value[0] : undefined;
  expect([row?.ownerDisplay, row?.mayRevoke]).toEqual(['', false]);
  members.set(owner, { display: 'Luca Bianchi' });
  homes.set(owner, { home: rios });
  expect([row?.ownerDisplay, row?.mayRevoke]).toEqual(['Luca Bianchi', true]);
});
