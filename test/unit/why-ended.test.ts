import { describe, expect, test } from 'vitest';
import type { AccountKey, PublicAccount } from '#lib/domain/account.ts';
import type { Change } from '#lib/domain/change.ts';
import type { AccountId, KeyId, SpaceId } from '#lib/domain/ids.ts';
import { whyEnded } from '#lib/session/device/why-ended.ts';

const account = 'ana' as AccountId;
const session = { account, key: 'k2' as KeyId };

function directory(...keys: readonly (readonly [id: string, state: AccountKey['state']])[]) {
  const known: PublicAccount = {
    keys: keys.map(([id, state]) => ({
      id: id as KeyId,
      publicKey: '',
      scope: 'full',
      since: '2026-11-24' as never,
      setBy: account,
      state
    })),
    custody: { kind: 'self' },
    home: 'rios' as SpaceId
  };
  return { public: (asked: AccountId) => (asked === account ? known : undefined) };
}

const current = { is: 'current' } as const;
const former = { is: 'former', until: '2026-12-24' as never } as const;
const change = (key: string): Pick<Change, 'name' | 'args'> => ({
  name: 'key.set',
  args: { account, key: { id: key }, reason: 'own' } as unknown as Change['args']
});

describe('the key of a session', () => {
  test('[SE6] a current one goes on, one that is current no more ends the session', () => {
    expect(whyEnded(session, directory(['k2', current]), [])).toBeUndefined();
    expect(whyEnded(session, directory(['k3', current], ['k2', former]), [])).toBe('key-changed');
    expect(whyEnded(session, directory(['k3', current], ['k2', { is: 'distrusted' }]), [])).toBe(
      'key-changed'
    );
  });

  test('[SE6, KE12, KE13] a classroom password and pictures that are over say so', () => {
    const gone = directory(['k3', current], ['k2', { is: 'distrusted' }]);
    const scope = 'classroom';
    expect(whyEnded({ ...session, scope, by: 'password' }, gone, [])).toBe('class-key-over');
    expect(whyEnded({ ...session, scope, by: 'pictures' }, gone, [])).toBe('pictures-over');
    expect(whyEnded({ ...session, scope: 'full', by: 'password' }, gone, [])).toBe('key-changed');
  });

  test('[MY3] one that the relay has not told of yet goes on', () => {
    expect(whyEnded(session, directory(['k1', current]), [])).toBeUndefined();
    expect(whyEnded(session, { public: () => undefined }, [])).toBeUndefined();
  });

  test('[MY8] one that the relay has refused ends the session', () => {
    expect(whyEnded(session, directory(['k1', { is: 'distrusted' }]), [change('k2')])).toBe('key-refused');
    expect(whyEnded(session, directory(['k1', current]), [change('k9')])).toBeUndefined();
    // Refused once, and accepted when it was tried again.
    expect(whyEnded(session, directory(['k2', current]), [change('k2')])).toBeUndefined();
  });
});
