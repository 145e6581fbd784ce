import type { CalendarDate } from '#lib/domain/dates.ts';
import { erasedInDirectory, erasedInSpace, type Gone } from '#lib/domain/erasing.ts';
import type { AccountId, DeviceId, SpaceId } from '#lib/domain/ids.ts';
import { isServed } from '#lib/domain/may-read.ts';
import { activeMember } from '#lib/domain/state.ts';
import type { Core } from '#relay/core.ts';
import type { SpaceTruth } from '#relay/truth/space-truth.ts';
import type { DocumentUpdate } from '#relay/storage/records.ts';
import { changesAbout, type ChangesAbout } from './changes-about.ts';
import { shownWithout, type NewlyShown } from './shown-without.ts';
import type { Tombstone, Tombstones } from './tombstones.ts';
import { tracesOf, type Traces } from './traces.ts';

/** Devices of one account that are looked through. */
const mostDevices = 10_000;

type Around = Pick<Core, 'storage' | 'truth' | 'lock' | 'rooms'>;

/** ER2, ER8: erases whatever is due today, and whatever an older copy of the database has brought back. */
export async function eraseDue(core: Around, tombstones: Tombstones, today: CalendarDate): Promise<void> {
  const directory = await core.truth.directory();
  const due = [...directory.all('erasures')].filter(([, erasure]) => erasure.due <= today);
  // Written first: should the machine stop in between, the next start goes on.
  for (const [account] of due) await tombstones.add({ account: account as AccountId, on: today });
  const failed: unknown[] = [];
  for (const tombstone of await tombstones.all()) {
    if ((await core.truth.directory()).erased(tombstone.account)) continue;
    // One that cannot be done now holds up no other; it is tried again at the next look.
    await eraseAccount(core, tombstone).catch((error: unknown) => void failed.push(error));
  }
  if (failed.length > 0) throw new Error('some accounts could not be erased', { cause: failed[0] });
}

/** ER5: erases one account everywhere on this relay, at once or not at all; devices are told at their next contact. */
export async function eraseAccount(core: Around, { account, on }: Tombstone): Promise<void> {
  const before = await tracesOf(core, account);
  const places = await placesOf(core, account, before);
  const about = await changesAbout(core.storage.changes, account, namesOf(places, account));
  await core.lock.run(async () => {
    const { storage, truth, rooms } = core;
    const now = await placesOf(core, account, before);
    const { spaces, displays, called } = now;
    const { found } = await changesAbout(storage.changes, account, namesOf(now, account), about);
    // Asked before: afterwards nobody knows any more on which devices they were.
    const devices = await devicesOf(core, account, spaces);
    const documents: DocumentUpdate[] = [];
    // What is written over by hand below is for nobody else: readers are given what is stored.
    truth.release(spaces.map(({ id }) => id));
    try {
      const gone = { account, on, displays, called, devices: await ownedBy(core, account) };
      const shown: NewlyShown[] = [];
      for (const space of spaces) {
        const anew = await shownWithout(storage.visits, space.state, gone);
        shown.push(...anew);
        const digests = new Map(anew.map(({ page, digest }) => [page, digest]));
        const puts = erasedInSpace(space.state, gone, digests);
        space.write(puts);
        space.apply(puts);
        documents.push(...rebuiltOf(space));
      }
      await storage.erasures.erase({
        account,
        documents,
        changes: found,
        directory: erasedInDirectory(await truth.directory(), gone),
        devices,
        shown
      });
    } finally {
      // Whoever has read meanwhile loaded what stood there before.
      truth.forget(spaces.map(({ id }) => id));
    }
    for (const document of documents) rooms.closeOld(document);
    await rooms.recheck(new Set(spaces.map(({ id }) => id)));
  });
}

/**
 * By what changes name the account: its own id and those of the invitations with which it came, and how it is called (FA9).
 */
function namesOf(
  { spaces, called }: Awaited<ReturnType<typeof placesOf>>,
  account: AccountId
): Pick<ChangesAbout, 'names' | 'displays'> {
  const invitations = spaces.flatMap(({ state }) =>
    [...state.staff.invitations].flatMap(([id, { status }]) =>
      status.is === 'used' && status.account === account ? [id] : []
    )
  );
  const here = spaces.flatMap(({ state }) => state.members.members.get(account)?.display || []);
  return { names: [account, ...invitations], displays: [...new Set([...called, ...here])] };
}

/** Every TwinSpace in which anything of the account may stand, and the names that may stand there without its id. */
async function placesOf(
  core: Around,
  account: AccountId,
  before: Traces
): Promise<{ readonly spaces: readonly SpaceTruth[] } & Pick<Gone, 'displays' | 'called'>> {
  const { truth } = core;
  const directory = await truth.directory();
  const known = directory.public(account);
  const traces = await tracesOf(core, account, before);
  const ids = new Set<SpaceId>([...traces.spaces, ...(known ? [known.home] : [])]);
  const home = known && (await truth.space(known.home))?.state;
  for (const entry of home?.staff.elsewhere.values() ?? []) {
    if (entry.account === account) ids.add(entry.space);
  }
  const spaces = await Promise.all([...ids].map((id) => truth.space(id)));
  // Nobody was told anything by a pupil: a namesake among the adults keeps the name.
  const displays = known?.custody.kind === 'self' ? traces.displays : new Set<string>();
  return { spaces: spaces.filter((space) => space !== undefined), displays, called: traces.displays };
}

/** ER7: every device that may have anything of the account: those that follow, or serve, a TwinSpace of it. */
async function devicesOf(
  { storage }: Around,
  account: AccountId,
  spaces: readonly SpaceTruth[]
): Promise<readonly DeviceId[]> {
  const accounts = new Set<AccountId>([account]);
  for (const { state } of spaces) {
    for (const id of state.members.members.keys()) {
      if (activeMember(state, id as AccountId)) accounts.add(id as AccountId);
    }
  }
  const serving = await storage.devices.serving([...accounts]);
  const personal = serving.filter(({ kind }) => kind === 'personal');
  const tablets = (await storage.tablets.of(spaces.map(({ id }) => id))).filter((tablet) =>
    spaces.some(({ state }) => !tablet.revoked && isServed(state, tablet))
  );
  return [...personal, ...tablets].map(({ id }) => id);
}

function rebuiltOf(space: SpaceTruth): readonly DocumentUpdate[] {
  return [space.members, space.staff].map((document) => ({
    space: space.id,
    document: document.document,
    generation: document.generation + 1,
    update: document.rebuilt()
  }));
}

/** The devices whose owner the account is. */
async function ownedBy({ storage }: Around, account: AccountId): Promise<ReadonlySet<DeviceId>> {
  const devices = await storage.devices.of(account, mostDevices);
  return new Set(devices.flatMap(({ id, owner }) => (owner === account ? [id] : [])));
}
