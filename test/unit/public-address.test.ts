import { expect, test } from 'vitest';
import { reachOf, readPublicAddress } from '#lib/domain/public-address.ts';
import { reachLine } from '#relay/public-address.ts';

test('[OP12] an address is read as somebody types it, and nothing but an address', () => {
  for (const typed of ['https://twin.example.org', ' twin.example.org ', 'HTTPS://Twin.Example.org/'])
    expect(readPublicAddress(typed)).toBe('https://twin.example.org');
  expect(readPublicAddress('twin.example.org:8443')).toBe('https://twin.example.org:8443');
  expect(readPublicAddress('http://localhost:8080')).toBe('http://localhost:8080');
  for (const typed of [
    ...['', 'http://twin.example.org', 'ftp://twin.example.org', 'javascript:alert(1)', 'https://'],
    ...['https://twin.example.org/app', 'https://twin.example.org/?a', 'https://twin.example.org/#a'],
    ...['https://ana:clave@twin.example.org', 'https://twin example.org']
  ])
    expect(readPublicAddress(typed)).toBeUndefined();
});

test('[AP6] whom an address serves is seen in it', () => {
  expect(reachOf('https://twin.example.org/invite#x')).toBe('tablets');
  for (const here of [
    'http://localhost:8080',
    'https://127.0.0.1',
    'http://[::1]:8080',
    'http://a.localhost'
  ])
    expect(reachOf(here)).toBe('this-machine');
  for (const nobody of ['http://192.168.1.7:8080', 'http://twin.example.org', 'http://localhost.example.org'])
    expect(reachOf(nobody)).toBe('nobody');
});

test('[OP11] the relay says where tablets reach it, or what is missing', () => {
  expect(reachLine('https://twin.example.org')).toBe('Tablets reach me at https://twin.example.org');
  for (const address of [undefined, 'http://localhost:8080', 'http://192.168.1.7:8080'])
    expect(reachLine(address)).toContain('Set PUBLIC_URL');
});
