import * as v from 'valibot';
import { draftPlaces } from '#lib/domain/records.ts';
import { signedChangeSchema } from './signed-change.ts';
import { derivation, heldCredentialSchema, sealUse } from './credential.ts';
import { limits } from './limits.ts';
import {
  accountId,
  calendarDate,
  deviceId,
  hash,
  invitationId,
  keyId,
  role,
  secret,
  spaceId,
  usernameText
} from './schemas.ts';
import { tabletReport } from './tablets.ts';
import type { Verdict } from './verdict.ts';

/** Why a request as a whole was not served; changes have verdicts instead. */
export const errorCodes = [
  'malformed',
  'too-large',
  'too-many',
  'slow-down',
  'not-enrolled',
  'device-revoked',
  'device-taken',
  'wrong-origin',
  'wrong-host',
  'not-permitted',
  'sign-in-wrong',
  'link-unknown',
  'link-used',
  'link-revoked',
  'link-expired',
  'offer-unknown',
  'offer-expired',
  'offer-full',
  'offer-withdrawn',
  'tablets-full',
  'classroom-password',
  'not-found',
  'other-generation',
  'other-offset',
  'other-tus',
  'hash-wrong',
  'media-invalid',
  'metadata-present',
  'disk-full',
  'media-full',
  'relay-failed',
  'relay-stopping'
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export const errorBody = v.object({
  code: v.picklist(errorCodes),
  /** With `slow-down`: seconds to wait. */
  seconds: v.optional(v.number())
});

export const relayReport = v.object({ protocol: v.number(), app: v.string(), today: calendarDate });
export type RelayReport = v.InferOutput<typeof relayReport>;

/** GET /api/address: under which address people open the app, who said so, and whether the device that asks may (OP12). */
export const addressAnswer = v.object({
  /** There is a TwinSpace here. */
  founded: v.boolean(),
  by: v.picklist(['technician', 'administrator', 'nobody']),
  address: v.exactOptional(v.string()),
  mayChoose: v.boolean()
});
export type AddressAnswer = v.InferOutput<typeof addressAnswer>;

/** POST /api/address; empty: none any more. */
export const addressRequest = v.strictObject({ address: v.pipe(v.string(), v.maxLength(300)) });

const draft = v.object({
  account: accountId,
  space: spaceId,
  place: v.picklist(draftPlaces),
  text: v.string(),
  on: calendarDate
});

/** What a device is told at each contact. */
export const deviceReport = v.object({
  device: v.object({
    id: deviceId,
    kind: v.picklist(['personal', 'classroom']),
    owner: accountId,
    /** Of a personal device: as its owner calls it; and whether the owner's own pupils sign in there (TB8). */
    name: v.exactOptional(v.string()),
    pupils: v.exactOptional(v.literal(true)),
    /** SI13: the owner is let in here no longer: it reads nothing by them until they sign in again. */
    ownerOut: v.exactOptional(v.literal(true)),
    tablet: v.exactOptional(tabletReport)
  }),
  /** Accounts let in on this device. Absent, with the sealed keys: as the device has them already. */
  accounts: v.exactOptional(v.array(accountId)),
  today: calendarDate,
  rooms: v.array(v.string()),
  /** SI10: names what the sealed keys are; sent back with the next question, the same ones are not told again. */
  credentialsTag: v.string(),
  /** Absent: as the device has them already. */
  credentials: v.exactOptional(v.array(heldCredentialSchema)),
  /**
   * Present: of `credentials` only those are told that are new or different since the tag which the device named, and
   * these are to be deleted.
   */
  credentialsGone: v.exactOptional(v.array(keyId)),
  /** OP12: under which people open the app; absent: as this browser shows it. */
  address: v.exactOptional(v.string()),
  /** SE4: days for which they open after this contact. */
  leaseDays: v.number(),
  /** DR1: drafts of whoever is let in here. Absent: as the device has them already (DR4). */
  drafts: v.exactOptional(v.array(draft)),
  /** Erased accounts of which this device may still have something; to be deleted and confirmed (ER7). */
  erased: v.optional(v.array(accountId), [])
});
export type DeviceReport = v.InferOutput<typeof deviceReport>;

/** POST /api/links/look */
export const lookRequest = v.strictObject({ secret });
export const lookAnswer = v.variant('is', [
  v.object({ is: v.literal('founding'), expires: calendarDate }),
  v.object({
    is: v.literal('invitation'),
    space: spaceId,
    spaceName: v.string(),
    invitation: invitationId,
    role,
    by: v.string(),
    expires: calendarDate
  }),
  v.object({
    is: v.literal('recovery'),
    account: accountId,
    username: v.string(),
    display: v.string(),
    space: spaceId,
    expires: calendarDate,
    /** AC10: of somebody who was raised, and chooses a password of their own. */
    raised: v.exactOptional(v.literal(true))
  })
]);
export type LookAnswer = v.InferOutput<typeof lookAnswer>;

/** POST /api/links/use */
export const useRequest = v.strictObject({ secret, change: signedChangeSchema });

/** POST /api/sign-in/start */
export const startRequest = v.strictObject({ username: usernameText, for: sealUse });
/** SI18: bounded before anything is derived with it: an absurd cost would hold a tablet for hours. */
export const startAnswer = v.object(derivation);

/** POST /api/sign-in */
export const signInRequest = v.strictObject({
  username: usernameText,
  for: sealUse,
  prove: hash,
  device: deviceId
});
export const signInAnswer = v.object({
  credential: heldCredentialSchema,
  report: deviceReport
});
export type SignInAnswer = v.InferOutput<typeof signInAnswer>;

/** POST /api/hands: a username, or the id of an account (HA1). */
export const handRequest = v.strictObject({ who: usernameText });

/** POST /api/accounts/find */
export const findRequest = v.strictObject({ username: usernameText });
export const foundPupil = v.object({
  account: accountId,
  username: v.string(),
  school: v.string(),
  home: spaceId,
  custodian: accountId,
  /** Only where the one who asks is staff in a TwinSpace of the pupil. */
  display: v.exactOptional(v.string()),
  given: v.exactOptional(v.string()),
  family: v.exactOptional(v.string())
});
export type FoundPupil = v.InferOutput<typeof foundPupil>;

/** POST /api/device/erased: these accounts are gone from this device. */
export const erasedRequest = v.strictObject({ accounts: v.pipe(v.array(accountId), v.maxLength(1000)) });

/** GET /api/spaces/:space/devices, and …/erased/:account: devices as their staff see them, dates only. */
export const spaceDevicesAnswer = v.object({
  devices: v.array(
    v.object({
      id: deviceId,
      kind: v.picklist(['personal', 'classroom']),
      owner: accountId,
      lastContact: calendarDate,
      /** Changes that waited on it when it last said so. */
      waiting: v.number(),
      /** ER7: the day on which it confirmed an erasure. */
      confirmed: v.exactOptional(calendarDate)
    })
  )
});
export type SpaceDevice = v.InferOutput<typeof spaceDevicesAnswer>['devices'][number];

/** GET /api/spaces/:space/erased/:account: the TwinSpace's own devices, and of others the number (ER9). */
export const erasureReceipt = v.object({
  ...spaceDevicesAnswer.entries,
  others: v.object({ devices: v.number(), confirmed: v.number() })
});
export type ErasureReceipt = v.InferOutput<typeof erasureReceipt>;

/** POST /api/changes */
export const changesRequest = v.strictObject({
  changes: v.pipe(v.array(signedChangeSchema), v.minLength(1), v.maxLength(limits.changesPerRequest))
});
const verdict = v.custom<Verdict>(
  (input) => typeof input === 'object' && input !== null && 'id' in input && 'is' in input
);
export const changesAnswer = v.object({ verdicts: v.array(verdict), today: calendarDate });

/** The answer to POST /api/links/use: the report is there when the change was accepted. */
export const useAnswer = v.object({ verdict, report: v.optional(deviceReport) });
export type UseAnswer = v.InferOutput<typeof useAnswer>;

/** GET /api/cookie: whether one of the relay's cookies came along (BR10). */
export const cookieAnswer = v.object({ kept: v.boolean() });

/** POST /api/usernames/next */
export const nextRequest = v.strictObject({ base: usernameText });
export const nextAnswer = v.object({ username: v.string() });
