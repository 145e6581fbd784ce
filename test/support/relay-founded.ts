import { addPupil, found, newcomer, type Founded, type Newcomer } from './relay-tablet.ts';
import type { RelayOptions } from '#relay/relay.ts';
import { testRelay, type TestRelay } from './relay.ts';

/** A relay of its own with a founded TwinSpace; stopped when the test has ended. */
export async function founded(options: Partial<RelayOptions> = {}): Promise<TestRelay & Founded> {
  const test = await testRelay(options);
  return { ...test, ...(await found(test.relay.address, test.setUp)) };
}

/** A second TwinSpace on the same relay, with an administrator of its own. */
export async function second(world: TestRelay): Promise<Founded> {
  const secret = (await world.relay.makeFoundingLink()).path.split('#')[1] ?? '';
  const admin = await newcomer('Oksana', 'More');
  return found(world.relay.address, secret, { name: 'Mares', admin });
}

/** A pupil of the second TwinSpace who is a member of the first one, too. */
export async function guestPupil(world: Founded, mares: Founded): Promise<Newcomer> {
  const { pupil } = await addPupil(mares, 'Iker', 'Mar');
  const asks = { account: pupil.account, role: 'pupil', display: 'Iker' } as const;
  await world.tablet.do(world.admin, 'pupil.add-existing', asks, { space: world.space });
  const yes = { account: pupil.account, space: world.space, allow: true };
  await mares.tablet.do(mares.admin, 'joining.answer', yes, { space: mares.space });
  return pupil;
}
