import { setTimeout } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { isUuid, type AccountId } from '#lib/domain/ids.ts';
import { activeMember } from '#lib/domain/state.ts';
import { nameKey } from '#lib/domain/usernames.ts';
import { handRequest } from '#lib/protocol/messages.ts';
import type { Core } from '#relay/core.ts';
import { writeRecords } from '#relay/gate/write-records.ts';
import { readBody } from './body.ts';
import { spendAtDoor } from './request.ts';

/** Milliseconds after which the answer comes, whoever has the name. */
const answerAfter = 200;
/** So many hands may be up in one TwinSpace. */
const mostHands = 500;

/**
 * POST /api/hands: a pupil who is not signed in says that the password is forgotten (HA1). The answer is the same
 * whoever has that name, or nobody.
 */
export function handRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  return new Hono<{ Bindings: HttpBindings }>().post('/', async (context) => {
    await spendAtDoor(core, context);
    const { who } = await readBody(context, handRequest, 4096);
    // Writing takes a while and looking does not: both are answered after the same while.
    await Promise.all([core.lock.run(() => raise(core, who)), setTimeout(answerAfter)]);
    return context.json({});
  });
}

async function raise(core: Core, who: string): Promise<void> {
  const directory = await core.truth.directory();
  const account = isUuid(who) ? (who as AccountId) : directory.holderOf(nameKey(who));
  const known = account && directory.public(account);
  if (!account || known?.custody.kind !== 'home') return;
  const home = await core.truth.space(known.home);
  if (!home || !activeMember(home.state, account)) return;
  const { hands } = home.state.staff;
  const today = core.clock.today();
  if (hands.get(account) === today || (!hands.has(account) && hands.size >= mostHands)) return;
  const put = { doc: 'staff', map: 'hands', key: account, value: today, space: home.id } as const;
  await writeRecords({ storage: core.storage, truth: core.truth, audience: core.rooms }, [put]);
}
