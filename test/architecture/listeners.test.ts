import ts from 'typescript';
import { expect, test } from 'vitest';
import { sources, type Source } from '../support/sources.ts';

/** What takes a listener or a timer's work. */
const taking = /(?:\.(?:on|once|addListener|prependListener)|^(?:setInterval|setTimeout|setImmediate))$/;

/** Whose events come from this process itself, and whose listeners therefore cannot be made to throw from outside. */
const ownEvents = [
  // Yjs calls it within the write that it is about.
  "sync-server/truth/relay-document.ts: this.#doc.on('update', take)",
  // Ends with the start of the relay, whichever way.
  "sync-server/listen.ts: server.once('error', (error) => fail(explain(error, host, port)))",
  // Resolves a promise and does nothing else.
  "sync-server/ws/sockets.ts: client.once('close', done)",
  'sync-server/http/hands.ts: setTimeout(answerAfter)',
  'sync-server/turns.ts: setImmediate()',
  'sync-server/gate/gate.ts: setImmediate()',
  'sync-server/http/documents.ts: setImmediate()'
];

/** Every listener and timer that is not guarded. */
function bare({ path, text }: Source): readonly string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  // A constant whose value is a guarded listener may stand for it.
  const names = new Set([...text.matchAll(/const (\w+) = guarded\(/g)].map(([, name]) => name));
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && taking.test(node.expression.getText(file))) {
      const isGuarded = node.arguments.some((one) => {
        const said = one.getText(file);
        return said.startsWith('guarded(') || names.has(said);
      });
      if (!isGuarded) found.push(`${path}: ${node.getText(file)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

test('[OP9] no listener and no timer of the relay is without a guard', () => {
  const files = sources('sync-server', ['.ts']).filter(
    ({ path }) => !path.startsWith('sync-server/ops/') && path !== 'sync-server/main.ts'
  );
  expect(files.flatMap(bare).filter((one) => !ownEvents.includes(one))).toEqual([]);
});
