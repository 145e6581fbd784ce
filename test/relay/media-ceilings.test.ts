import { expect, test } from 'vitest';
import { readConfig } from '#relay/config.ts';
import { jpeg } from '../support/media/pictures.ts';
import { testRelay } from '../support/relay.ts';
import { announcing } from '../support/relay-media.ts';
import { found } from '../support/relay-tablet.ts';

const mb = 1_000_000;

test('[SG6] the technician says how much nobody can go beyond', () => {
  expect(readConfig({}).ceilings).toEqual({});
  const said = { MEDIA_SPACE_MB: '2000', MEDIA_FILM_MB: ' 40 ', MEDIA_DAY_MB: '100' };
  const ceilings = { mediaSpaceMegabytes: 2000, mediaFilmMegabytes: 40, mediaDayMegabytes: 100 };
  expect(readConfig(said).ceilings).toEqual(ceilings);
  for (const wrong of ['0', '50001', '-5', '1e3', 'lots', '99.5'])
    expect(() => readConfig({ MEDIA_SPACE_MB: wrong })).toThrow('from 100 to 50000');
});

test('[SG6, ML2] administrators choose up to there, and what was chosen before goes no further', async () => {
  const ceilings = { mediaFilmMegabytes: 40, mediaSpaceMegabytes: 100 };
  const at = await testRelay({ ceilings });
  const { tablet, admin, space } = await found(at.relay.address, at.setUp);
  const chooses = (settings: object): Promise<unknown> =>
    tablet.do(admin, 'settings.set', { settings }, { space });
  const above = { is: 'refused', code: 'setting-above-ceiling', detail: { megabytes: '40' } };
  expect(await chooses({ mediaFilmMegabytes: 41 })).toMatchObject(above);
  expect(await chooses({ mediaFilmMegabytes: 40, mediaDayMegabytes: 5000 })).toMatchObject({
    is: 'accepted'
  });
  const adds = (bytes: number): Promise<unknown> =>
    tablet.do(admin, 'media.add', { ...announcing(jpeg()), kind: 'mp4', bytes, seconds: 9 }, { space });
  expect(await adds(40 * mb + 1)).toMatchObject({ is: 'refused', code: 'media-too-large' });
  expect([await adds(40 * mb), await adds(40 * mb)]).toMatchObject(Array(2).fill({ is: 'accepted' }));
  expect(await adds(40 * mb)).toMatchObject({ is: 'refused', code: 'media-full' });
});
