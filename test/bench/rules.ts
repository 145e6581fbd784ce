import { LastingView } from '#lib/session/work/lasting-view.ts';
import type { ViewParts } from '#lib/session/work/view.ts';
import { signCommand } from '#lib/protocol/change.ts';
import { importPrivateKey, makeKey } from '#lib/crypto/signing.ts';
import type { Change } from '#lib/domain/change.ts';
import type { ChangeId, SessionId } from '#lib/domain/ids.ts';
import type { OutboxRow } from '#lib/store/database.ts';
import { ms, perRun, type Measured } from './measure.ts';
import { admin, BenchSpace, device, now, pupil } from './space.ts';

/** `decide` for one command, and folding 200 waiting commands over the confirmed state, by size of the TwinSpace. */
export async function rules(): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  for (const members of [100, 1_000, 10_000]) {
    const space = new BenchSpace(members);
    const args = pupil(members);
    const decided = perRun(() => space.judge('pupil.add', args), 200);
    measured.push({ what: `decide, one pupil.add at ${members} members`, value: ms(decided) });
    const outbox = await waiting(space, 200);
    const parts: ViewParts = {
      confirmed: new Map([[space.state.id, space.state]]),
      directory: space.directory,
      outbox,
      device,
      now,
      contained: () => false
    };
    const folded = perRun(() => new LastingView().of(0, parts), 1);
    measured.push({ what: `view, 200 waiting commands over ${members} members`, value: ms(folded) });
  }
  return measured;
}

async function waiting(space: BenchSpace, count: number): Promise<readonly OutboxRow[]> {
  const signing = await importPrivateKey((await makeKey()).privateKey);
  const rows: OutboxRow[] = [];
  for (let seq = 0; seq < count; seq++) {
    const change: Change<'pupil.add'> = {
      id: crypto.randomUUID() as ChangeId,
      space: space.state.id,
      device: device.id,
      session: crypto.randomUUID() as SessionId,
      actor: admin,
      key: space.key,
      after: [],
      at: now,
      name: 'pupil.add',
      args: pupil(20_000 + seq)
    };
    const signed = await signCommand<'pupil.add'>(change, signing);
    const { id, name } = change;
    rows.push({
      seq,
      id,
      space: space.state.id,
      actor: admin,
      name,
      signed,
      since: '',
      state: { is: 'waiting' }
    });
  }
  return rows;
}
