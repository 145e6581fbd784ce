import { newAccountIn } from '#lib/domain/brought.ts';
import type { Change } from '#lib/domain/change.ts';
import { nameKey } from '#lib/domain/usernames.ts';
import { readCredential } from '#lib/protocol/credential.ts';
import { heldHere } from '../keys/held-here.ts';
import type { Brought } from '../work/wish.ts';

/** The sealed key that a refused change brought, to be brought again (TR2): the pupil can sign in here once more. */
export function restoredCredential(change: Change, text: string): Brought {
  const account = newAccountIn(change);
  if (!account) return { text };
  const { id, username, display, key } = account;
  const seal = readCredential(text, id, key)?.seals.find((candidate) => candidate.for === 'password');
  if (!seal) return { text };
  const person = { account: id, username, display, home: change.space, nameKeys: [nameKey(username)] };
  return { text, row: heldHere(person, { key, text, seal }) };
}
