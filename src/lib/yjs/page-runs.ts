import * as Y from 'yjs';
import { addressKind } from './address.ts';
import { linkMark, plainMarks, type PlainMark } from './page-schema.ts';

/** A run of text that looks alike. */
export interface Run {
  readonly text: string;
  readonly marks: readonly PlainMark[];
  /** Where it leads (PG2). */
  readonly href?: string;
  /** The clientID under which it was written, where that was asked for (PG11). */
  readonly client?: number;
}

/** Text as Yjs tells it. */
type Delta = readonly {
  readonly insert?: unknown;
  readonly attributes?: Readonly<Record<string, unknown>>;
}[];

/** The runs of a text. */
export function runsOf(text: Y.XmlText): readonly Run[] {
  return runsIn(text.toDelta());
}

/** Told as what has come since there was nothing: the one way in which Yjs says from whom. */
export function runsByClient(text: Y.XmlText): readonly Run[] {
  return runsIn(
    text.toDelta(undefined, Y.emptySnapshot, (_, { client }) => ({ user: client, type: 'added' }))
  );
}

function runsIn(delta: Delta): readonly Run[] {
  return delta.flatMap(({ insert, attributes = {} }) => {
    if (typeof insert !== 'string') return [];
    const marks = plainMarks.filter((mark) => Object.hasOwn(attributes, mark));
    const link = attributes[linkMark];
    const href: unknown = typeof link === 'object' && link !== null && 'href' in link ? link.href : undefined;
    const client = clientIn(attributes['ychange']);
    return [
      {
        text: insert,
        marks,
        ...(typeof href === 'string' && addressKind(href) !== undefined && { href }),
        ...(client !== undefined && { client })
      }
    ];
  });
}

function clientIn(change: unknown): number | undefined {
  if (typeof change !== 'object' || change === null || !('user' in change)) return undefined;
  return typeof change.user === 'number' ? change.user : undefined;
}
