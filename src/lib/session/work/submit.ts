import type { Change } from '#lib/domain/change.ts';
import type { ChangeId, SpaceId } from '#lib/domain/ids.ts';
import { signCommand } from '#lib/protocol/change.ts';
import { queueMany, type Queued } from '#lib/store/outbox.ts';
import type { LastingView } from './lasting-view.ts';
import { done, problemOf, refused, type Result } from '../device/result.ts';
import { firstEdits } from './first-edits.ts';
import { prerequisites, type Pending } from './view.ts';
import type { Wish } from './wish.ts';
import type { Bench } from './bench.ts';

/**
 * OB1: judges wishes with the rules that the relay will apply, each on what the ones before it come to, signs what may
 * be, and keeps all of that on this device in one transaction. Resolves when it is stored and in view; the answers
 * stand in the order of the wishes.
 *
 * ON2: the text with which a page begins is kept with the command that makes it.
 *
 * A wish that the rules refuse stops no other. When the device has no room, nothing of this call is kept, and every
 * wish that was allowed is answered with that failure: whoever has very many hands them over in parts.
 */
export async function submitMany(
  work: Bench & { readonly outbox: { refresh(): Promise<unknown> }; readonly lasting: LastingView },
  space: SpaceId,
  wishes: readonly Wish[]
): Promise<readonly Result<ChangeId>[]> {
  const { session, view, device, today } = work;
  const trial = work.lasting.trial();
  const pending: Pending[] = [...view.waiting];
  const queued: Queued[] = [];
  const answers: Result<ChangeId>[] = [];
  for (const wish of wishes) {
    const { name, args, brought, draft, files, text, behalf } = wish;
    const wished: Change = {
      id: crypto.randomUUID() as ChangeId,
      space,
      device: device.id,
      session: session.id,
      actor: session.account,
      key: session.key,
      // As it will be read back: nobody alters it any more.
      args: JSON.parse(JSON.stringify(args)) as Change['args'],
      name,
      after: [],
      at: today,
      ...(behalf ? { behalf } : {})
    };
    const before = prerequisites(pending, wished);
    const change = { ...wished, after: before.map(({ id }) => id) };
    const refusal = trial.take(change, { device, now: today });
    if (refusal) {
      answers.push(refused(refusal));
      continue;
    }
    const afterBy = before.map(({ actor }) => actor);
    const signed = await signCommand({ ...change, afterBy }, session.signing, brought?.text);
    const held = brought?.row && { ...brought.row, broughtBy: change.id };
    const row = { id: change.id, space, actor: session.account, name, signed };
    queued.push({
      row,
      credential: held,
      draft,
      files,
      announces: wish.name === 'media.add' ? wish.args.media : undefined
    });
    pending.push({ change, row: { state: { is: 'waiting' } } });
    if (wish.name === 'page.create' && text) {
      const edits = await firstEdits(work, { space, page: wish.args.page }, text, pending);
      queued.push(...edits.map((edit) => ({ row: edit })));
    }
    answers.push(done(change.id));
  }
  if (queued.length === 0) return answers;
  const forget = work.lasting.expect(trial.judged);
  try {
    await work.app.care.kept(() => queueMany(work.app.db, queued));
  } catch (error) {
    forget();
    const problem = problemOf(error);
    return answers.map((answer) => (answer.ok ? problem : answer));
  }
  await work.outbox.refresh();
  return answers;
}
