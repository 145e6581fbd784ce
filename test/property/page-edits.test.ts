import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { inspectEdit } from '#lib/yjs/inspect.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { progressOf } from '#lib/yjs/page-progress.ts';
import { bend } from '../support/bent-edits.ts';
import { bodyOf, edit, faultsOf, updateOf } from '../support/page-edits.ts';
import { Seeded } from '../support/seeded.ts';

const seeds = Array.from({ length: 40 }, (_, index) => index + 1);
const steps = { made: 120, bent: 500 };

/** A document of somebody who writes, under a clientID that is the same next time. */
function writerOf(seeded: Seeded): Y.Doc {
  const doc = pageDocument({ keepDeleted: true });
  doc.clientID = 1 + seeded.below(0xffff_ffff);
  return doc;
}

/** A page as the relay has it, and those who write in it: each is told now and then what was accepted. */
class Writing {
  readonly page = pageDocument();
  readonly writers: readonly Y.Doc[];
  readonly #accepted: Uint8Array[] = [];
  readonly #heard = new Map<Y.Doc, number>();

  constructor(writers: number, seeded: Seeded) {
    this.writers = Array.from({ length: writers }, () => writerOf(seeded));
  }

  accept(update: Uint8Array): void {
    Y.applyUpdate(this.page, update);
    this.#accepted.push(update);
  }

  tell(writer: Y.Doc): void {
    for (const update of this.#accepted.slice(this.#heard.get(writer))) Y.applyUpdate(writer, update);
    this.#heard.set(writer, this.#accepted.length);
  }
}

test.each(seeds)(
  '[PG3, PG4, PG8] whatever an editor makes, offline too, is let in, and all pages are alike and have come as far (seed %i)',
  (seed) => {
    const seeded = new Seeded(seed);
    const writing = new Writing(4, seeded);
    for (let step = 0; step < steps.made; step += 1) {
      const writer = writing.writers[seeded.below(writing.writers.length)];
      if (!writer) throw new Error('nobody writes');
      if (seeded.below(4) === 0) writing.tell(writer);
      const update = updateOf(writer, () => {
        edit(writer, seeded);
      });
      if (!update) continue;
      expect(inspectEdit(update, { doc: writing.page, bytes: 0 }, writer.clientID)).toBeUndefined();
      const [before, snapshot] = [progressOf(writing.page), Y.snapshot(writing.page)];
      writing.accept(update);
      // What deletes only what is deleted already says nothing new.
      const same = Y.equalSnapshots(snapshot, Y.snapshot(writing.page));
      expect(Math.sign(progressOf(writing.page) - before)).toBe(same ? 0 : 1);
      expect(faultsOf(writing.page)).toEqual([]);
    }
    const whole = JSON.stringify(bodyOf(writing.page).toJSON());
    const again = pageDocument();
    Y.applyUpdate(again, Y.encodeStateAsUpdate(writing.page));
    expect(progressOf(again)).toBe(progressOf(writing.page));
    for (const writer of writing.writers) {
      writing.tell(writer);
      expect(JSON.stringify(bodyOf(writer).toJSON())).toBe(whole);
      expect(progressOf(writer)).toBe(progressOf(writing.page));
    }
  }
);

test.each(seeds)('[PG3] an edit that is bent is refused, or does no harm (seed %i)', (seed) => {
  const seeded = new Seeded(1000 + seed);
  const page = pageDocument();
  let refused = 0;
  for (let step = 0; step < steps.bent; step += 1) {
    const before = Y.encodeStateAsUpdate(page);
    const states = Y.decodeStateVector(Y.encodeStateVector(page));
    const writer = writerOf(seeded);
    Y.applyUpdate(writer, before);
    const { clientID } = writer;
    const update = bend(writer, seeded);
    if (inspectEdit(update, { doc: page, bytes: before.byteLength }, clientID)) {
      refused += 1;
      continue;
    }
    Y.applyUpdate(page, update);
    expect(faultsOf(page)).toEqual([]);
    for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(page))) {
      if (client !== clientID) expect(clock).toBe(states.get(client));
    }
  }
  const fresh = pageDocument();
  Y.applyUpdate(fresh, Y.encodeStateAsUpdate(page));
  expect(faultsOf(fresh)).toEqual([]);
  expect(JSON.stringify(bodyOf(fresh).toJSON())).toBe(JSON.stringify(bodyOf(page).toJSON()));
  expect(refused).toBeGreaterThan(steps.bent / 4);
});
