import { fullKeyProblem } from '../full-key.ts';
import { isDisplay } from '../names.ts';
import { refuse } from '../refusals.ts';
import type { DeviceFacts } from '../records.ts';
import { isStaff } from '../roles.ts';
import { outcome, type MemberCommand } from './command.ts';

/** TB8: the owner of a personal device names it; an adult lets the pupils in their own custody sign in there, or not. */
export const deviceSet: MemberCommand<'device.set'> = {
  by: 'member',
  facts: {
    since: 3,
    asks: [],
    about: ({ device }) => ({ is: 'device', id: device }),
    makes: 'nothing',
    log: 'unlogged',
    devices: ({ device }) => [device],
    texts: { name: 'other' }
  },
  sensitive: true,
  whileArchived: true,
  judge: ({ directory, device: deviceOf }, { args, actor: by }, actor) => {
    const { device: id, name, pupils } = args;
    const device = deviceOf?.(id);
    if (deviceOf && !device) return refuse('device-unknown');
    if (device && (device.kind !== 'personal' || device.owner !== by)) return refuse('only-own-things');
    const before = directory.device(id);
    if (device?.revoked || before?.revoked) return refuse('device-revoked');
    if (name !== undefined && !isDisplay(name)) return refuse('display-invalid');
    if (pupils && !isStaff(actor.role)) return refuse('not-permitted');
    const { pupils: did, ...rest } = before ?? {};
    const value: DeviceFacts = {
      ...rest,
      ...(name === undefined ? {} : { name }),
      ...((pupils ?? did) ? { pupils: true } : {})
    };
    return fullKeyProblem(actor) ?? outcome({ doc: 'directory', map: 'devices', key: id, value });
  }
};
