import type { SpaceId } from '#lib/domain/ids.ts';
import { done, type Result } from '../device/result.ts';
import type { Bench } from './bench.ts';
import type { Wish } from './wish.ts';

/** Does all of these together; the first no, where one of them was refused. */
export async function submitAll(
  work: Pick<Bench, 'submitMany'>,
  space: SpaceId,
  wishes: readonly Wish[]
): Promise<Result<void>> {
  const answers = await work.submitMany(space, wishes);
  const no = answers.find((answer) => !answer.ok);
  return no?.ok === false ? no : done(undefined);
}
