import type { CalendarDate } from '#lib/domain/dates.ts';
import type { Device } from '#lib/domain/device.ts';
import type { AccountId, DeviceId } from '#lib/domain/ids.ts';
import type { ReadChange } from '#lib/protocol/change.ts';
import type { Verdict } from '#lib/protocol/verdict.ts';
import type { AcceptedWrite, ChangeName } from '#relay/storage/change-store.ts';
import type { NewOffer } from '#relay/storage/tablet-store.ts';
import { activityOf } from './activity.ts';
import { carrierOf } from './arrival.ts';
import type { Candidate, CommandCandidate, EditCandidate } from './candidate.ts';
import type { Consequences } from './consequences.ts';
import { isGuestCommand } from './guest.ts';

/** A change that the rules have accepted, with all that came along. */
export interface Accepted {
  readonly candidate: CommandCandidate;
  readonly read: ReadChange;
  /** The relay's receipt date, on which the rules have judged. */
  readonly received: CalendarDate;
  /** The device that signed, then the one that carries. */
  readonly devices: readonly Device[];
  /** TB3 */
  readonly offer?: NewOffer;
}

/** What is stored of an accepted change itself, and of what came along. */
export function acceptedRows(
  { candidate, read, received, devices, offer }: Accepted,
  verdict: Verdict
): Omit<AcceptedWrite, 'shutOut' | keyof Consequences['rows']> {
  const { signed, way, fingerprint, brought } = candidate;
  const { header, args } = read;
  const { device, actor, name, behalf } = header;
  const carrier = carrierOf(way);
  const letIn: { device: DeviceId; account: AccountId; held?: boolean }[] = [];
  // GA14; on a classroom tablet nobody is let in by it, but the key was there, pictures too (TB10).
  const held = devices[0]?.kind === 'classroom';
  if (brought && (held || brought.key.scope === 'full') && !isGuestCommand(header.name)) {
    letIn.push({ device, account: brought.account, held });
  }
  if (way.is === 'link' && carrier) letIn.push({ device: carrier.id, account: actor });
  const activity = activityOf(header, args, received);
  return {
    settled: { fingerprint, verdict, ...(way.is === 'link' ? { secretHash: way.secretHash } : {}) },
    change: loggedOf(candidate, name, received),
    ...(behalf && { takesOver: behalf }),
    ...(activity && { activity }),
    ...(offer && { offer }),
    letIn,
    ...(brought &&
      signed.credential !== undefined && {
        credential: {
          account: brought.account,
          key: brought.key.id,
          scope: brought.key.scope,
          text: signed.credential
        }
      }),
    ...('enrolWith' in way && {
      enrol: {
        id: device,
        kind: 'personal',
        owner: actor,
        created: received,
        cookieHash: way.enrolWith.cookieHash
      }
    })
  };
}

/** The same of what somebody wrote in a page: the text itself stands in the page. */
export function acceptedEdit(
  candidate: EditCandidate,
  received: CalendarDate,
  verdict: Verdict
): AcceptedWrite {
  const { fingerprint, header } = candidate;
  const { behalf } = header;
  return {
    settled: { fingerprint, verdict },
    change: loggedOf(candidate, 'edit', received),
    ...(behalf && { takesOver: behalf }),
    directory: [],
    invitations: [],
    letIn: []
  };
}

/** The change as the log keeps it. */
function loggedOf(
  { signed, way, header }: Candidate,
  name: ChangeName,
  received: CalendarDate
): AcceptedWrite['change'] {
  const { id, space, actor, device } = header;
  const carrier = carrierOf(way);
  return {
    id,
    space,
    actor,
    name,
    device,
    received,
    ...(carrier && { carrier: carrier.id }),
    header: signed.header,
    payload: signed.payload,
    signature: signed.signature
  };
}
