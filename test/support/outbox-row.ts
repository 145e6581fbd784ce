import { toBase64Url, utf8 } from '#lib/crypto/encoding.ts';
import type { Change } from '#lib/domain/change.ts';
import { changeVersion } from '#lib/protocol/change.ts';
import type { OutboxRow } from '#lib/store/database.ts';
import { secretHash } from './cast.ts';

/** A change as it waits in an outbox. Its signature and digest are none: folding asks for neither. */
export function outboxRow(seq: number, change: Change): OutboxRow {
  const { id, space, device, session, actor, key, after, at, name, args } = change;
  const digest = secretHash('any');
  const header = {
    v: changeVersion,
    id,
    space,
    device,
    session,
    actor,
    key,
    kind: 'command',
    name,
    digest,
    after,
    at
  };
  const payload = toBase64Url(utf8(JSON.stringify(args)));
  const signed = { header: JSON.stringify(header), payload, signature: '' };
  return { seq, id, space, actor, name, signed, since: '2026-11-24T10:00:00Z', state: { is: 'waiting' } };
}
