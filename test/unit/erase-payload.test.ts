import { expect, test } from 'vitest';
import { payloadNames } from '#lib/store/erase-accounts.ts';
import { angel, luca } from '../support/cast.ts';

const payload = (args: object): string => Buffer.from(JSON.stringify(args)).toString('base64url');

test('[ER7] what names an erased account on a device is found, and a row that somebody spoiled stops no erasing', () => {
  const gone = new Set<string>([angel.id]);
  expect(payloadNames(payload({ member: angel.id, text: 'ñ' }), gone)).toBe(true);
  expect(payloadNames(payload({ member: luca.id }), gone)).toBe(false);
  expect(payloadNames('%%%', gone)).toBe(false);
  expect(payloadNames(`%${angel.id}`, gone)).toBe(true);
});
