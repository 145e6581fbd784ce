import { describe, expect, test } from 'vitest';
import { commands } from '#lib/domain/commands/table.ts';

const listed = Object.entries(commands);

describe('the commands', () => {
  test('[DE1] are these, and no others', () => {
    expect(listed.map(([name]) => name).sort()).toEqual([
      'access.record',
      'account.erase',
      'account.hand-over',
      'account.keep',
      'account.rename',
      'account.sign-out',
      'device.revoke',
      'device.set',
      'draft.keep',
      'founding.offer',
      'group.dissolve',
      'group.make',
      'group.rename',
      'hand.lower',
      'invitation.accept',
      'invitation.create',
      'invitation.revoke',
      'joining.answer',
      'key.recover',
      'key.remove',
      'key.set',
      'member.contact',
      'member.display',
      'member.groups',
      'member.leave',
      'member.profile',
      'member.remove',
      'member.restore',
      'member.role',
      'notice.dismiss',
      'password.link',
      'pupil.add',
      'pupil.add-existing',
      'settings.set',
      'space.archive',
      'space.found',
      'space.rename',
      'space.unarchive',
      'tablet.admit',
      'tablet.offer',
      'tablet.set'
    ]);
  });

  test('[DE3] three come with the secret of a link, all others from a member', () => {
    const guests = listed.filter(([, command]) => command.by === 'guest');
    expect(guests.map(([name]) => name).sort()).toEqual(['invitation.accept', 'key.recover', 'space.found']);
  });

  test('[SP5] these go on in an archived TwinSpace, and no others', () => {
    const going = listed.filter(([, command]) => command.by === 'member' && command.whileArchived);
    expect(going.map(([name]) => name).sort()).toEqual([
      ...[
        'access.record',
        'account.erase',
        'account.hand-over',
        'account.keep',
        'account.rename',
        'account.sign-out',
        'device.revoke',
        'device.set',
        'draft.keep',
        'hand.lower'
      ],
      ...[
        'joining.answer',
        'key.remove',
        'key.set',
        'member.leave',
        'notice.dismiss',
        'password.link',
        'space.archive',
        'space.unarchive'
      ]
    ]);
  });
});
