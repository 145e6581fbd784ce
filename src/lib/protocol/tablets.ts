import * as v from 'valibot';
import {
  accountId,
  calendarDate,
  deviceId,
  displayText,
  groupId,
  offerId,
  secret,
  secretHash,
  spaceId
} from './schemas.ts';

/** What a classroom tablet is told of itself. */
export const tabletReport = v.object({
  space: spaceId,
  spaceName: v.string(),
  name: v.string(),
  /** TB4: until somebody has said yes it holds nothing. */
  stage: v.picklist(['waiting', 'active']),
  /** Two pairs of digits that the teacher sees beside the name, so that both know which tablet it is. */
  check: v.string(),
  groups: v.union([v.literal('all'), v.array(groupId)]),
  teachers: v.array(accountId)
});

export type TabletReport = v.InferOutput<typeof tabletReport>;

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));

/** POST /api/device/status: what a device says of itself (SP6). No names, no times. */
export const deviceStatus = v.strictObject({
  /** Changes that the relay has not accepted yet. */
  waiting: count,
  /** Files that are not on the relay yet. */
  files: count,
  /** Drafts that are only here. */
  drafts: count,
  /** Refused changes that nobody has dealt with. */
  refused: count,
  /** Megabytes that the browser still gives; absent where it does not say. */
  free: v.exactOptional(count),
  /** The app's version. */
  app: v.pipe(v.string(), v.maxLength(40))
});
export type DeviceStatus = v.InferOutput<typeof deviceStatus>;

/** POST /api/tablets/look and …/ask: the secret of the QR code, or the hash of the short code (TB3). */
export const offerKey = v.union([v.strictObject({ secret }), v.strictObject({ codeHash: secretHash })]);
export type OfferKey = v.InferOutput<typeof offerKey>;
export const offerLook = v.strictObject({ offer: offerKey });
export const offerAnswer = v.object({
  space: spaceId,
  spaceName: v.string(),
  /** Display name of whoever offers. */
  by: v.string(),
  /** Seconds for which it can still be used. */
  seconds: v.number(),
  /** TB17: the first number that none of its tablets has. */
  number: v.pipe(v.number(), v.integer(), v.minValue(1))
});
export type OfferAnswer = v.InferOutput<typeof offerAnswer>;
/** Answered with the report of the device, which is a classroom tablet from then on. */
export const tabletAsk = v.strictObject({ offer: offerKey, device: deviceId, name: displayText });

/** GET /api/spaces/:space/tablets: the classroom tablets that whoever asks may revoke, and those that ask for a yes. */
export const tabletsAnswer = v.object({
  tablets: v.array(
    v.object({
      id: deviceId,
      name: v.string(),
      stage: v.picklist(['waiting', 'active', 'revoked']),
      check: v.string(),
      offer: v.exactOptional(offerId),
      lastContact: calendarDate,
      /** It has a socket open at this moment. */
      connected: v.boolean(),
      /** What it said of itself at the last contact; absent: nothing yet. */
      status: v.exactOptional(deviceStatus)
    })
  )
});
export type TabletInfo = v.InferOutput<typeof tabletsAnswer>['tablets'][number];

/** GET /api/spaces/:space/tablets/:tablet/accounts: whose sealed keys were ever on it (TB10). */
export const tabletAccounts = v.object({ accounts: v.array(accountId) });
