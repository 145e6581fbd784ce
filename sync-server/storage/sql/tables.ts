import type { Generated } from 'kysely';

/** The tables as they stand after the last migration. Dates are `YYYY-MM-DD`, booleans 0 or 1, JSON is text. */
export interface Tables {
  readonly meta: { key: string; value: string };
  readonly directory: { map: string; key: string; value: string };
  readonly credentials: { key: string; account: string; scope: string; text: string };
  readonly invitations: { secret_hash: string; space: string; invitation: string };
  readonly rooms: { space: string; document: string; generation: number };
  readonly document_updates: { seq: Generated<number>; space: string; document: string; bytes: Uint8Array };
  readonly changes: {
    seq: Generated<number>;
    id: string;
    fingerprint: string;
    secret_hash: string | null;
    space: string;
    actor: string;
    name: string;
    device: string;
    carrier: string | null;
    header: string;
    payload: string;
    signature: string;
    received: string;
    verdict: string;
    takes_over: string | null;
    takes_from: string | null;
  };
  readonly kept_on_days: {
    day: string;
    actor: string;
    changes: number;
    bytes: number;
  };
  readonly refusals: {
    id: string;
    space: string;
    actor: string;
    fingerprint: string;
    received: string;
    verdict: string;
  };
  readonly activity: {
    seq: Generated<number>;
    space: string;
    received: string;
    actor: string;
    name: string;
    about: string | null;
    detail: string;
    refused: string | null;
    count: Generated<number>;
  };
  readonly devices: {
    id: string;
    cookie_hash: string;
    kind: string;
    owner: string;
    created: string;
    last_contact: string;
    confirmed: number;
    revoked: number;
    waiting: Generated<number>;
    space: string | null;
    stage: string | null;
    name: string | null;
    offer: string | null;
    status: string | null;
  };
  readonly page_writers: { space: string; page: string; client: number; actor: string; device: string };
  readonly page_versions: {
    version: Generated<number>;
    space: string;
    page: string;
    before: string;
    day: string;
    week: number;
    bytes: Uint8Array;
    until: Generated<number>;
  };
  readonly published_pages: { space: string; page: string; day: string; title: string; parts: string };
  readonly visit_links: { visit: string; space: string };
  readonly visit_days: { visit: string; day: string; count: number };
  readonly pages_moved: { space: string; page: string };
  readonly erasure_receipts: { account: string; device: string; confirmed: string | null };
  readonly device_accounts: { device: string; account: string; held: number };
  readonly offers: {
    offer: string;
    secret_hash: string;
    code_hash: string;
    space: string;
    by: string;
    count: number;
    used: number;
    expires: number;
  };
}
