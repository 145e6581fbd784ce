import { describe, expect, test } from 'vitest';
import { commands } from '#lib/domain/commands/table.ts';

const listed = Object.entries(commands);

describe('the commands', () => {
  test('[DE1] are these, and no others', () => {
    expect(listed.map(([name]) => name).sort()).toEqual([
      'access.record',
      'account.rename',
      'founding.offer',
      'invitation.accept',
      'invitation.create',
      'invitation.revoke',
      'key.recover',
      'key.set',
      'member.display',
      'member.remove',
      'member.restore',
      'member.role',
      'notice.dismiss',
      'pupil.add',
      'space.found'
    ]);
  });

  test('[DE3] three come with the secret of a link, all others from a member', () => {
    const guests = listed.filter(([, command]) => command.by === 'guest');
    expect(guests.map(([name]) => name).sort()).toEqual(['invitation.accept', 'key.recover', 'space.found']);
  });

  test('[KE4] all but adding a pupil, display names, accesses and notices are refused to a forgotten key', () => {
    const harmless = listed.filter(([, command]) => command.by === 'member' && !command.sensitive);
    expect(harmless.map(([name]) => name).sort()).toEqual([
      'access.record',
      'member.display',
      'notice.dismiss',
      'pupil.add'
    ]);
  });
});
