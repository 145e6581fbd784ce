import { createHmac, timingSafeEqual } from 'node:crypto';
import { encodeBase64 } from 'bcryptjs';
import { Hono } from 'hono';
import { sha256 } from '#lib/crypto/encoding.ts';
import { sealCost } from '#lib/crypto/sealed-key.ts';
import type { Directory } from '#lib/domain/directory.ts';
import { keyInUse } from '#lib/domain/account.ts';
import type { KnownDirectory } from '#lib/domain/known-directory.ts';
import { isUuid, type AccountId } from '#lib/domain/ids.ts';
import { nameKey } from '#lib/domain/usernames.ts';
import type { SealUse } from '#lib/protocol/credential.ts';
import { signInRequest, startRequest } from '#lib/protocol/messages.ts';
import type { HttpBindings } from '@hono/node-server';
import type { Core } from '#relay/core.ts';
import { ApiError } from './api-error.ts';
import { readBody } from './body.ts';
import { giveCookie } from './device-cookie.ts';
import { reportFor } from '#relay/devices/device-report.ts';
import { affordKeys } from './afford-keys.ts';
import { enrolFor } from './enrol.ts';
import { currentSeal, displayOf, heldCredential, named, type KnownSeal } from '../devices/held-credential.ts';
import { checkPupil, checkTablet } from './tablet-sign-in.ts';
import { addressOf, deviceOf, spendAtDoor } from './request.ts';
import type { Attempt } from './sign-in-delays.ts';
import type { StoredDevice } from '#relay/storage/records.ts';

/** Bytes that one body here may have. */
const most = 4096;

/** POST /api/sign-in/start and /api/sign-in: signing in online (SI2–SI5). */
export function signInRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();

  routes.post('/start', async (context) => {
    await spendAtDoor(core, context);
    const { username, for: use } = await readBody(context, startRequest, most);
    const fake = fakeSalt(core, username, use);
    const known = await sealOf(core, username, use);
    return context.json({ salt: known?.seal.salt ?? fake, cost: known?.seal.cost ?? sealCost });
  });

  routes.post('/', async (context) => {
    await spendAtDoor(core, context);
    const { username, for: use, prove, device } = await readBody(context, signInRequest, most);
    const carrier = await deviceOf(core, context, device);
    if (carrier?.kind === 'classroom') await checkTablet(core, carrier, device);
    // One delay for an account, by whichever of its names somebody tries.
    const name = accountNamed(await core.truth.directory(), username) ?? nameKey(username);
    const who = attemptOf(`${name}\n${use}`, name, carrier, addressOf(core, context));
    const seconds = core.delays.attempt(who);
    if (seconds > 0) throw new ApiError('slow-down', seconds);
    const known = await sealOf(core, username, use);
    const shown = Buffer.from(await sha256(prove));
    // Compared with something in any case, so that an unknown name takes as long.
    const kept = Buffer.from(known?.seal.proveHash ?? (await sha256(core.fakeSalts)));
    if (!timingSafeEqual(shown, kept) || !known) throw new ApiError('sign-in-wrong');

    core.delays.succeeded(who);
    const directory = await core.truth.directory();
    if (carrier?.kind === 'classroom') await checkPupil(core, carrier, directory, known.account);
    affordKeys(core, carrier ?? { id: device, kind: 'personal', owner: known.account });
    const { stored, cookie } = await core.lock.run(async () => {
      // SI15: what was right a moment ago may count for nothing by now.
      const now = await core.truth.directory();
      if (keyInUse(now.public(known.account), 'full')?.id !== known.key.id)
        throw new ApiError('sign-in-wrong');
      return enrolFor(core, carrier, device, known.account);
    });
    const given = { ...known, by: 'password' } as const;
    const key = named(directory, given, await displayOf(core.truth, directory, known.account));
    if (!key) throw new ApiError('sign-in-wrong');
    const credential = heldCredential(key, known.seal);
    if (cookie !== undefined) giveCookie(context, cookie);
    return context.json({ credential, report: await reportFor(core, stored) });
  });

  return routes;
}

/**
 * SI4, SI16: by whom an attempt counts: by the device where the account has signed in there before (on a classroom
 * tablet: where its key is, or was), else by the person whose device it is, who may enrol as many as they like, or by
 * the address.
 */
function attemptOf(
  whose: string,
  account: string,
  carrier: StoredDevice | undefined,
  address: string
): Attempt {
  if (!carrier) return { one: `${whose}\na ${address}`, everywhere: whose };
  const { id, kind, owner, accounts, signedIn } = carrier;
  const known = kind === 'classroom' ? accounts : signedIn;
  if (known.some((one) => one === account)) return { one: `${whose}\nd ${id}` };
  return { one: `${whose}\n${kind === 'classroom' ? `d ${id}` : `o ${owner}`}`, everywhere: whose };
}

/** The seal behind a name as it was typed (UN6), or behind the id of an account (SI9). */
async function sealOf(core: Core, username: string, use: SealUse): Promise<KnownSeal | undefined> {
  const directory = await core.truth.directory();
  const account = accountNamed(directory, username);
  const known = account !== undefined && hasKey(directory, account);
  const somebody = known ? account : anybody(directory);
  const seal = somebody && (await currentSeal(core, directory, somebody, use));
  return known ? seal : undefined;
}

/** SI3: whose seal is read for a name that nobody has, and then not used: so that it takes as long. */
function anybody(directory: KnownDirectory): AccountId | undefined {
  for (const [id] of directory.all('public')) if (hasKey(directory, id as AccountId)) return id as AccountId;
  return undefined;
}

function hasKey(directory: Directory, account: AccountId): boolean {
  return keyInUse(directory.public(account), 'full') !== undefined;
}

/** SI9: whose username it is, or whose id: a printed card names the account, whose number may have changed since. */
function accountNamed(directory: Directory, name: string): AccountId | undefined {
  const key = nameKey(name);
  return isUuid(key) ? (key as AccountId) : directory.holderOf(key);
}

/** SI3: the salt of a name that nobody has: always the same one, and of the form of a real one. */
function fakeSalt(core: Core, username: string, use: SealUse): string {
  const digest = createHmac('sha256', core.fakeSalts)
    .update(`${use}\n${nameKey(username)}`)
    .digest();
  return encodeBase64([...digest.subarray(0, 16)], 16);
}
