import { Script } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { stretchOf } from '#relay/http/stretch.mjs';
import { pageFiles } from '#relay/visits/page-files.ts';

/** How a visit's service worker reads it, which a browser is given in one piece. */
function asWorkersRead(header: string | null, length: number): unknown {
  const { text } = pageFiles.get('worker.js')?.() ?? { text: '' };
  const [reading = ''] = text.split('const worker =');
  return new Script(`${reading}; stretchOf(${JSON.stringify(header)}, ${length})`).runInNewContext();
}

describe.each([
  ['the relay', stretchOf],
  ['a visit’s service worker', asWorkersRead]
] as const)('%s', (_, read) => {
  test.each([
    // As WebKit asks before anything else, and as all ask for the rest.
    ['bytes=0-1', [0, 2]],
    ['bytes=0-', [0, 100]],
    ['bytes=40-59', [40, 60]],
    ['bytes=99-99', [99, 100]],
    ['bytes=90-400', [90, 100]],
    ['bytes=0-99999999999999999999', [0, 100]],
    ['bytes=-1', [99, 100]],
    ['bytes=-100', [0, 100]],
    ['bytes=-4000', [0, 100]],
    // The unit in any letters, and a list with empty places.
    ['Bytes=5-9', [5, 10]],
    ['bytes= 5-9 ,', [5, 10]]
  ])('[MR4, VS6] %s of 100 bytes is a stretch', (header, stretch) => {
    expect(read(header, 100)).toEqual(stretch);
  });

  test.each(['bytes=100-', 'bytes=-0', 'bytes=9-3', 'bytes=', 'bytes=-', 'bytes=a-b', 'bytes=0-1,5-9'])(
    '[MR4, VS6] %s of 100 bytes is none',
    (header) => {
      expect(read(header, 100)).toBe('outside');
    }
  );

  test.each([null, '', 'lines=1-2', 'seconds=3-'])('[MR4, VS6] %s asks for all of it', (header) => {
    expect(read(header, 100)).toBeUndefined();
  });

  test('[MR4, VS6] of nothing there is no stretch', () => {
    expect(['bytes=0-', 'bytes=-5', 'bytes=0-0'].map((header) => read(header, 0))).toEqual(
      Array(3).fill('outside')
    );
  });
});

test('[VS5, VS6] a visit’s service worker is one plain script, as old browsers read it', () => {
  const { text = '' } = pageFiles.get('worker.js')?.() ?? {};
  expect(text).not.toMatch(/^(import|export) /m);
  expect(() => new Script(text)).not.toThrow();
});
