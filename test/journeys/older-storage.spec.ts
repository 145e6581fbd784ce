import { expect, test } from '../support/journey.ts';
import { rowsOf } from '../support/tablet-rows.ts';

/** What version 2 of the tablet's storage had: a person who can sign in, something that arrived, a day seen. */
async function olderStorage(): Promise<void> {
  const indexes: Record<string, readonly (readonly [string, IDBIndexParameters?])[]> = {
    'device name': [],
    'preferences account': [],
    'hands who': [],
    'found account': [],
    'outbox seq': [['id', { unique: true }], ['actor']],
    'tray id': [['actor']],
    'settled id': [['actor'], ['on']],
    'credentials account': [['nameKeys', { multiEntry: true }]],
    'sessions id': [['account']],
    'documents room': [],
    'updates seq': [['room']]
  };
  const db = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open('twinspace', 20);
    opening.onupgradeneeded = () => {
      for (const [table, own] of Object.entries(indexes)) {
        const [name = '', keyPath = ''] = table.split(' ');
        const store = opening.result.createObjectStore(name, { keyPath, autoIncrement: keyPath === 'seq' });
        for (const [index, how] of own) store.createIndex(index, index, how);
      }
    };
    opening.onsuccess = () => resolve(opening.result);
  });
  const tables = ['device', 'credentials', 'settled'];
  const transaction = db.transaction(tables, 'readwrite');
  const id = '886313e1-3b8a-4372-9b90-0c9aee199e5d';
  const account = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';
  const enrolment = { is: 'enrolled', kind: 'personal', owner: account, accounts: [account], rooms: [] };
  transaction.objectStore('device').put({ name: 'device', id, enrolment, furthest: '2020-11-20' });
  transaction.objectStore('credentials').put({
    account,
    username: 'ana.rio.1',
    nameKeys: ['ana.rio.1'],
    display: 'Ana',
    home: '',
    key: 'K',
    publicKey: '',
    scope: 'full',
    salt: '',
    cost: 10,
    iv: '',
    sealed: '',
    lease: '2020-12-20'
  });
  transaction.objectStore('settled').put({ id: 'x', actor: account, on: '2099-11-20' });
  await new Promise<void>((resolve) => (transaction.oncomplete = () => resolve()));
  db.close();
}

test('[AP2, SE3] what an older version of the app stored is there after the update', async ({ tablet }) => {
  const one = await tablet();
  const { page } = one;
  // A page of the same origin that does not start the app.
  await page.goto('/robots.txt');
  await page.evaluate(olderStorage);
  await page.goto('/pupil-login');
  await expect(page.getByRole('button', { name: 'Ana' })).toBeVisible();
  expect(await rowsOf(page, 'keys')).toMatchObject([{ key: 'K', username: 'ana.rio.1', by: 'password' }]);
  expect(await rowsOf(page, 'settled')).toHaveLength(1);
  expect(await rowsOf(page, 'device')).toMatchObject([{ lease: '2020-12-20' }]);
});
