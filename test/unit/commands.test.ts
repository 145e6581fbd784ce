import { describe, expect, test } from 'vitest';
import { commands } from '#lib/domain/commands/table.ts';
import { goesOnArchived } from '#lib/domain/goes-on.ts';
import { actions } from '#lib/domain/permissions.ts';

const listed = Object.entries(commands);

describe('the commands', () => {
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
        'page.unpublish',
        'password.link',
        'space.archive',
        'space.unarchive',
        'visit.revoke'
      ]
    ]);
  });

  test('[SP5] of what is permitted there, reading and what these do go on, and nothing else', () => {
    expect(actions.filter(goesOnArchived)).toEqual([
      ...['see-content', 'see-members', 'see-usernames', 'contact'],
      ...['edit-account-names', 'edit-username', 'erase-account', 'set-password', 'change-own-password'],
      ...['hand-over', 'export-invited', 'archive', 'read-log', 'answer-joining'],
      ...['take-portfolio', 'take-space']
    ]);
  });
});
