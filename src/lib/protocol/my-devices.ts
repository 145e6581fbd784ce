import * as v from 'valibot';
import { calendarDate, deviceId } from './schemas.ts';

/** A device of the one who owns the device that asks, or on which they were let in. */
export const myDevice = v.object({
  id: deviceId,
  kind: v.picklist(['personal', 'classroom']),
  /** It is theirs; else they were let in there. */
  mine: v.boolean(),
  /** The device that asks. */
  here: v.boolean(),
  since: calendarDate,
  lastContact: calendarDate
});
export type MyDevice = v.InferOutput<typeof myDevice>;

/** GET /api/devices: the last contact first. */
export const myDevicesAnswer = v.object({ devices: v.array(myDevice) });
