import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as Y from 'yjs';
import { toBase64Url } from '#lib/crypto/encoding.ts';
import type { ChangeId, PageId, SpaceId } from '#lib/domain/ids.ts';
import { documentOfPage } from '#lib/domain/pages.ts';
import { partAnswers } from '#lib/protocol/document-answer.ts';
import { limits } from '#lib/protocol/limits.ts';
import { roomName } from '#lib/protocol/rooms.ts';
import type { RoomsRequest } from '#lib/protocol/rooms-request.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import { inspectEdit } from '#lib/yjs/inspect.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { PageText } from '#relay/truth/page-text.ts';
import { bodyOf, newBlock, updateOf } from '../support/page-edits.ts';
import { RelayFollower } from '../support/relay-follower.ts';
import { RelayProcess } from '../support/relay-process.ts';
import { addPupil, found, freshId, Tablet, type Founded, type Newcomer } from '../support/relay-tablet.ts';
import { usedBy } from './changes.ts';
import { median, ms, perRun, type Measured } from './measure.ts';

/** A class on one page. */
const classroom = { people: 30, editsEach: 40, everyMs: 500 } as const;
/** One child's afternoon: edits of a second each. */
const afternoon = 2_700;
/** A TwinSpace that has grown for years. */
const library = { pages: 500, bytes: 5_000 } as const;
const sentence = 'El Ebro nace en Fontibre y llega al mar en un delta grande y llano. ';

type World = Founded & { readonly relay: RelayProcess };

/** What the relay does for pages: the class that writes together, the afternoon without a network, the new tablet. */
export async function pages(): Promise<readonly Measured[]> {
  const relay = await RelayProcess.start();
  const world = { relay, ...(await found(relay.address, relay.setupPath.split('#')[1] ?? '')) };
  const measured = [
    inspected(),
    memory(),
    ...(await wholeAfternoon(world)),
    ...(await together(world)),
    await newTablet(world)
  ];
  await relay.dispose();
  return measured;
}

/** A line more at the end of the page, and the update that says so. */
function line(doc: Y.Doc, text: string): Uint8Array {
  const update = updateOf(doc, () => bodyOf(doc).push([newBlock({}, text)]));
  if (!update) throw new Error('nothing was written');
  return update;
}

function inspected(): Measured {
  const page = pageDocument();
  const writer = pageDocument({ keepDeleted: true });
  const updates = Array.from({ length: 2_000 }, (_, at) => line(writer, `${sentence}${at}`));
  const update = Y.mergeUpdates(updates);
  const structs = Y.decodeUpdate(update).structs.length;
  const took = perRun(() => {
    if (inspectEdit(update, { doc: page, bytes: 0 }, writer.clientID)) throw new Error('refused');
  }, 5);
  const each = (took / structs) * 1_000;
  return {
    what: `an edit looked at, of ${structs} structs: each 1,000`,
    value: ms(each),
    expected: { text: '≤ 1 ms', holds: each <= 1 }
  };
}

function memory(): Measured {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const writer = pageDocument({ keepDeleted: true });
  const updates: Uint8Array[] = [];
  for (let bytes = 0; bytes < 500_000; bytes += sentence.length * 4)
    updates.push(line(writer, sentence.repeat(4)));
  collect();
  const before = process.memoryUsage().heapUsed;
  const text = new PageText({ updates: [Y.mergeUpdates(updates)], writers: [] });
  collect();
  const took = (process.memoryUsage().heapUsed - before) / 1024 / 1024;
  return {
    what: `a page of 500 KB in the relay's memory (${(text.size / 1024).toFixed(0)} KiB encoded)`,
    value: `${took.toFixed(1)} MiB`,
    expected: { text: '≤ 8 MB', holds: took <= 8 }
  };
}

async function must(verdicts: Promise<readonly { readonly is: string }[]>): Promise<void> {
  const no = (await verdicts).find(({ is }) => is !== 'accepted');
  if (no) throw new Error(JSON.stringify(no));
}

function newPage({ tablet, admin, space }: Founded, page: PageId): Promise<SignedChange> {
  const args = { page, title: 'El Ebro', order: 'a0', draft: false };
  return tablet.sign(admin, 'page.create', args, { space });
}

function roomOf(space: SpaceId, page: PageId): string {
  return roomName({ document: documentOfPage(page), space, generation: 1 });
}

/** Never sent edits of one author, session and page are one (≤ 64 KiB): so they come to the relay in a few. */
async function wholeAfternoon(world: World): Promise<readonly Measured[]> {
  const { tablet, admin, space, relay } = world;
  const page = freshId<PageId>();
  await must(tablet.send(await newPage(world, page)));
  const doc = pageDocument({ keepDeleted: true });
  const text = new Y.XmlText();
  const first = updateOf(doc, () => {
    const block = newBlock({});
    bodyOf(doc).push([block]);
    block.insert(0, [text]);
  });
  const updates = [first ?? Uint8Array.of(0, 0)];
  // Some five signs a second, as a child types; now and then one is taken back.
  for (let second = 0; second < afternoon; second++) {
    const made = updateOf(doc, () => {
      text.insert(text.length, sentence.slice(second % 60, (second % 60) + 5));
      if (second % 10 === 0) text.delete(text.length - 1, 1);
    });
    if (made) updates.push(made);
  }
  const update = Y.mergeUpdates(updates);
  const took: number[] = [];
  const edit = await tablet.signEdit(admin, page, doc.clientID, update, { space });
  const before = usedBy(relay).cpu;
  const start = performance.now();
  await must(tablet.send(edit));
  took.push(performance.now() - start);
  const cpu = usedBy(relay).cpu - before;
  const bytes = JSON.stringify(edit).length;
  const [wall = 0] = took;
  return [
    {
      what: `an afternoon, ${afternoon} edits of one child in one: bytes sent`,
      value: `${(bytes / 1024).toFixed(1)} KiB`,
      expected: { text: '≤ 64 KiB', holds: bytes <= 64 * 1024 }
    },
    {
      what: 'its time at the relay, answer included; of it the processor',
      value: `${ms(wall)}; ${cpu} ms`,
      expected: { text: '≤ 100 ms', holds: wall <= 100 }
    }
  ];
}

/** Somebody who writes lines of their own into the page, and sees what the others write. */
class Writer {
  readonly tablet: Tablet;
  readonly follower: RelayFollower;
  readonly doc = pageDocument({ keepDeleted: true });
  readonly #person: Newcomer;
  readonly #space: SpaceId;
  readonly #page: PageId;
  #last: ChangeId[] = [];

  constructor(tablet: Tablet, person: Newcomer, { space, page }: { space: SpaceId; page: PageId }) {
    this.tablet = tablet;
    this.#person = person;
    this.#space = space;
    this.#page = page;
    this.follower = new RelayFollower(tablet.address, roomOf(space, page), tablet.cookie);
  }

  async writes(text: string): Promise<void> {
    const wish = { space: this.#space, after: this.#last };
    const update = line(this.doc, text);
    const edit = await this.tablet.signEdit(this.#person, this.#page, this.doc.clientID, update, wish);
    this.#last = [(JSON.parse(edit.header) as { id: ChangeId }).id];
    await must(this.tablet.send(edit));
  }
}

async function together(world: World): Promise<readonly Measured[]> {
  const { tablet, admin, space, relay } = world;
  const page = freshId<PageId>();
  await must(tablet.send(await newPage(world, page)));
  const permit = { page, to: { is: 'pupils' } } as const;
  await must(tablet.send(await tablet.sign(admin, 'page.permit', permit, { space })));
  const writers: Writer[] = [];
  let version = 0;
  for (let at = 0; at < classroom.people; at++) {
    const { pupil, verdict } = await addPupil(world, `Ana${at}`, 'Bench');
    if (verdict.is === 'accepted') version = verdict.version;
    const own = new Tablet(tablet.address);
    await own.signIn(pupil);
    writers.push(new Writer(own, pupil, { space, page }));
  }
  const members = new RelayFollower(tablet.address, `members/${space}@1`, tablet.cookie);
  await Promise.all([members.synced(), ...writers.map(({ follower }) => follower.synced())]);
  await members.until(() => Number(members.version) >= version);
  let told = 0;
  members.doc.on('update', () => (told += 1));
  const sent = new Map<string, number>();
  const delays: number[] = [];
  for (const { follower } of writers) {
    follower.doc.on('update', (update: Uint8Array) => {
      const now = performance.now();
      for (const struct of Y.decodeUpdate(update).structs) {
        const text = 'content' in struct && 'str' in struct.content ? String(struct.content.str) : '';
        const at = sent.get(text);
        if (at !== undefined) delays.push(now - at);
      }
    });
  }
  const before = usedBy(relay).cpu;
  const start = performance.now();
  await Promise.all(
    writers.map(async (writer, at) => {
      await setTimeout((at / writers.length) * classroom.everyMs);
      for (let edit = 0; edit < classroom.editsEach; edit++) {
        const text = `${at} ${edit} ${sentence.slice(0, 12)}`;
        const due = start + (at / writers.length + edit) * classroom.everyMs;
        await setTimeout(Math.max(0, due - performance.now()));
        sent.set(text, performance.now());
        await writer.writes(text);
      }
    })
  );
  const seconds = (performance.now() - start) / 1_000;
  const cpu = (usedBy(relay).cpu - before) / 10 / seconds;
  const all = classroom.people * classroom.people * classroom.editsEach;
  for (let waits = 0; delays.length < all && waits < 100; waits++) await setTimeout(50);
  const sorted = delays.toSorted((one, other) => one - other);
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
  const minute = (told / seconds) * 60;
  for (const { follower } of [...writers, { follower: members }]) follower.close();
  const what = `${classroom.people} people on one page, two edits a second each`;
  return [
    {
      what: `${what}: the relay's processor`,
      value: `${cpu.toFixed(0)} % of one core`,
      expected: { text: '≤ 50 %', holds: cpu <= 50 }
    },
    {
      what: `until it is with everybody, p50; p99 of ${sorted.length}`,
      value: `${ms(median(sorted))}; ${ms(p99)}`,
      expected: { text: `p99 ≤ 1 s, none of ${all} missing`, holds: p99 <= 1_000 && sorted.length === all }
    },
    {
      what: 'updates of members meanwhile, a minute',
      value: minute.toFixed(1),
      // One that falls to the very end of so short a lesson counts more than it would in a long one.
      expected: { text: '≤ 6, and one', holds: told <= Math.ceil(seconds / 10) + 1 }
    }
  ];
}

async function newTablet(world: World): Promise<Measured> {
  const { tablet, admin, space } = world;
  const ids = Array.from({ length: library.pages }, () => freshId<PageId>());
  for (let at = 0; at < ids.length; at += 32) {
    const changes: SignedChange[] = [];
    for (const page of ids.slice(at, at + 32)) {
      const made = await newPage(world, page);
      const doc = pageDocument();
      const times = Math.ceil(library.bytes / sentence.length / 10);
      for (let block = 0; block < 10; block++) line(doc, sentence.repeat(times));
      const after = [(JSON.parse(made.header) as { id: ChangeId }).id];
      const update = Y.encodeStateAsUpdate(doc);
      changes.push(made, await tablet.signEdit(admin, page, doc.clientID, update, { space, after }));
    }
    await must(tablet.send(...changes));
  }
  const start = performance.now();
  let bytes = 0;
  let requests = 0;
  for (let left = [...ids]; left.length > 0; requests++) {
    const asked = left.slice(0, limits.roomsPerRequest);
    const wanted = asked.map((page) => ({ room: roomOf(space, page), has: toBase64Url(Uint8Array.of(0)) }));
    const response = await fetch(`${tablet.address}/api/documents`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Cookie: `__Host-twinspace-device=${tablet.cookie}` },
      body: JSON.stringify({ wanted } satisfies RoomsRequest)
    });
    const answers = partAnswers(new Uint8Array(await response.arrayBuffer()));
    left = left.filter((page, at) => {
      const answer = answers[at];
      if (answer?.is === 'later' || (!answer && at >= asked.length)) return true;
      if (answer?.is !== 'updates') throw new Error(`${page}: ${answer?.is ?? response.status}`);
      const doc = pageDocument();
      for (const update of answer.updates) Y.applyUpdate(doc, update);
      bytes += answer.updates.reduce((sum, { length }) => sum + length, 0);
      doc.destroy();
      return false;
    });
  }
  const took = performance.now() - start;
  return {
    what: `${library.pages} pages, ${(bytes / 1024 / 1024).toFixed(1)} MiB, asked for and read, in ${requests} requests`,
    value: ms(took),
    expected: { text: '≤ 3 s', holds: took <= 3_000 }
  };
}
