import * as v from 'valibot';
import { calendarDate, deviceId } from './schemas.ts';
import { deviceStatus } from './tablets.ts';

/** A device of the one who owns the device that asks, or on which they were let in. */
export const myDevice = v.object({
  id: deviceId,
  kind: v.picklist(['personal', 'classroom']),
  /** It is theirs; else they were let in there. */
  mine: v.boolean(),
  /** The device that asks. */
  here: v.boolean(),
  since: calendarDate,
  lastContact: calendarDate,
  /** As its owner calls it (TB8), or the classroom tablet's name. */
  name: v.exactOptional(v.string()),
  /** Of one that is theirs: pupils in their own custody sign in there, too (TB8). */
  pupils: v.exactOptional(v.literal(true)),
  /** Of one that is theirs: what it last said of itself. */
  status: v.exactOptional(deviceStatus)
});
export type MyDevice = v.InferOutput<typeof myDevice>;

/** GET /api/devices: the last contact first. */
export const myDevicesAnswer = v.object({ devices: v.array(myDevice) });
