import type { Device } from './device.ts';
import type { Directory } from './directory.ts';
import type { AccountId } from './ids.ts';
import { isPermitted, pageIn, pageOfDocument, type PageDocument } from './pages.ts';
import type { Media, Page } from './records.ts';
import { isStaff } from './roles.ts';
import { activeMember, type SpaceState } from './state.ts';
import { inScope } from './tablet-holding.ts';

/** The documents of a TwinSpace that hold records. */
export const spaceDocuments = ['members', 'staff'] as const;
export type SpaceDocument = (typeof spaceDocuments)[number];

export function isSpaceDocument(name: string): name is SpaceDocument {
  return spaceDocuments.some((one) => one === name);
}

/** Every document of a TwinSpace: records, or the text of a page. */
export type DocumentName = SpaceDocument | PageDocument;

/** TB4: the classroom tablet has been let in here, and not been revoked. */
export function isServed(state: SpaceState, { id, space }: Device): boolean {
  const tablet = state.staff.tablets.get(id);
  return space === state.id && tablet !== undefined && !tablet.revoked;
}

/**
 * RD1: `members` is for personal devices on which an active member is at home and for classroom tablets that were let
 * in. RD2: `staff` is for the personal device of an administrator or teacher in their own custody who is let in there,
 * and for nobody else signed in there. RD4: a page is for whoever may read that it is there, a draft for those who may
 * write in it.
 *
 * @param device with `accounts` of whom it lets in now
 */
export function mayRead(
  state: SpaceState,
  directory: Directory,
  device: Device,
  document: DocumentName
): boolean {
  if (device.revoked) return false;
  if (document === 'members')
    return device.kind === 'classroom'
      ? isServed(state, device)
      : device.accounts.some((account) => activeMember(state, account));
  if (document === 'staff') return readsStaff(state, directory, device);
  const id = pageOfDocument(document);
  const page = id && pageIn(state, id);
  if (!page) return false;
  if (readsStaff(state, directory, device)) return true;
  if (page.trashed || !mayRead(state, directory, device, 'members')) return false;
  return !page.draft || hasWriter(state, directory, device, page);
}

/**
 * RD5: whether the device may have the bytes of these media: whoever reads `members`; of those that wait for an adult's
 * yes, and of those in the trash, staff's devices and those on which their owner is at home, or is to be.
 */
export function mayHaveMedia(
  state: SpaceState,
  directory: Directory,
  device: Device,
  media: Pick<Media, 'owner' | 'waiting' | 'removed'>
): boolean {
  if (!mayRead(state, directory, device, 'members')) return false;
  if ((!media.waiting && !media.removed) || readsStaff(state, directory, device)) return true;
  if (device.kind === 'personal') return device.accounts.includes(media.owner);
  const tablet = state.staff.tablets.get(device.id);
  return tablet !== undefined && inScope(state, directory, tablet, media.owner);
}

function readsStaff(state: SpaceState, directory: Directory, device: Device): boolean {
  // SI13: the owner may be let in here no longer, until they show the password again.
  if (device.kind === 'classroom' || !device.accounts.includes(device.owner)) return false;
  const owner = activeMember(state, device.owner);
  return (
    owner !== undefined && isStaff(owner.role) && directory.public(device.owner)?.custody.kind === 'self'
  );
}

/** RD4: somebody is at home on the device, or in the classroom tablet's scope, to whom the page was given. */
function hasWriter(state: SpaceState, directory: Directory, device: Device, page: Page): boolean {
  if (device.kind === 'personal') return device.accounts.some((account) => isPermitted(state, page, account));
  const tablet = state.staff.tablets.get(device.id);
  if (!tablet) return false;
  for (const key of state.members.members.keys()) {
    const account = key as AccountId;
    if (isPermitted(state, page, account) && inScope(state, directory, tablet, account)) return true;
  }
  return false;
}
