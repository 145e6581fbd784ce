import { refuse, type Refusal, type RefusalCode } from './refusals.ts';
import type { ActorRole, Role } from './roles.ts';
import { defaultSettings, type Settings } from './settings.ts';

/** What an action is done to, as far as a permission may depend on it. What is absent does not hold. */
export interface Target {
  /** The pupil's account was created or taken over by the actor (mission: *own*). */
  readonly own?: boolean;
  /** The account's home is this TwinSpace. */
  readonly home?: boolean;
  /** The role that would be given, or that the member has. */
  readonly role?: Role;
  /** The page, the media, the tablet is the actor's. */
  readonly mine?: boolean;
  /** The actor stands among the page's editors. */
  readonly permitted?: boolean;
  /** The content is published to visitors. */
  readonly published?: boolean;
  readonly settings?: Settings;
}

type Condition = readonly [holds: (target: Target) => boolean, otherwise: RefusalCode];
/** yes, no with the reason, or all of some conditions; each row of alternatives is enough by itself. */
type Cell = true | RefusalCode | readonly (readonly Condition[])[];

const settings = (target: Target): Settings => target.settings ?? defaultSettings;

const own: Condition = [(t) => t.own === true, 'only-own-pupils'];
const ownPassword: Condition = [(t) => t.own === true, 'only-custodian-or-home'];
const home: Condition = [(t) => t.home === true, 'only-home-administrators'];
const homePassword: Condition = [(t) => t.home === true, 'only-custodian-or-home'];
const mine: Condition = [(t) => t.mine === true, 'only-own-things'];
const permitted: Condition = [(t) => t.permitted === true, 'only-permitted-pages'];
const published: Condition = [(t) => t.published === true, 'not-published'];
const asPupil: Condition = [(t) => t.role === 'pupil', 'only-pupil-role'];
const ofTeacher: Condition = [
  (t) => t.role === 'teacher' || t.role === 'teacher-admin',
  'only-teachers-shown'
];
const teachersAdd: Condition = [(t) => settings(t).teachersAddPupils, 'setting-off'];
const teachersExport: Condition = [(t) => settings(t).teachersExport, 'setting-off'];
const pupilsPassword: Condition = [(t) => settings(t).pupilsChangePassword, 'setting-off'];

const admins = 'only-administrators';
const no = 'not-permitted';

/**
 * PE1: who may do what; the table of `mission.md`, cell by cell. Columns: teacher-admin, teacher, pupil-admin,
 * pupil, visitor. Whatever does not stand here is denied.
 */
const table = {
  'see-content': [true, true, true, true, [[published]]],
  'add-pupil': [true, [[teachersAdd, asPupil]], no, no, no],
  'add-existing-pupil': [true, [[teachersAdd, asPupil]], no, no, no],
  'invite-teacher': [true, admins, no, no, no],
  'give-visitor-link': [true, admins, no, no, no],
  'see-members': [true, true, true, true, no],
  'see-usernames': [true, true, no, no, no],
  contact: [true, true, [[ofTeacher]], [[ofTeacher]], no],
  'edit-access': [true, admins, no, no, no],
  'edit-membership': [true, [[own]], no, no, no],
  'edit-account-names': [[[home], [own]], [[own]], no, no, no],
  'edit-username': [[[home]], 'only-home-administrators', no, no, no],
  'erase-account': [[[home]], 'only-home-administrators', no, no, no],
  'set-password': [[[homePassword], [ownPassword]], [[ownPassword]], no, no, no],
  'change-own-password': [true, true, [[pupilsPassword]], [[pupilsPassword]], no],
  'hand-over': [true, [[own]], no, no, no],
  'export-invited': [true, [[teachersExport]], no, no, no],
  'make-group': [true, [[own]], no, no, no],
  'enrol-tablet': [true, true, no, no, no],
  'revoke-tablet': [true, [[mine]], no, no, no],
  'create-page': [true, true, [[permitted]], no, no],
  'edit-page': [true, [[mine], [permitted]], [[permitted]], [[permitted]], no],
  'give-page-permission': [true, [[mine]], no, no, no],
  'delete-page': [true, [[mine]], no, no, no],
  'add-media': [true, true, true, true, no],
  'delete-media': [true, [[mine], [own]], [[mine], [permitted]], [[mine]], no],
  publish: [true, admins, no, no, no],
  'change-settings': [true, admins, no, no, no],
  archive: [true, admins, no, no, no],
  'read-log': [true, admins, no, no, no]
} as const satisfies Record<string, readonly [Cell, Cell, Cell, Cell, Cell]>;

const columns = [
  'teacher-admin',
  'teacher',
  'pupil-admin',
  'pupil',
  'visitor'
] as const satisfies ActorRole[];

export type Action = keyof typeof table;

/** Every action that has a row in the table. */
export const actions = Object.keys(table) as readonly Action[];

/** PE1: true, or the reason why this role may not do this to that. What greys a button and what the gate asks. */
export function can(role: ActorRole, action: Action, target: Target = {}): true | Refusal {
  const cell: Cell = table[action][columns.indexOf(role)] ?? no;
  if (cell === true) return true;
  if (typeof cell === 'string') return refuse(cell);
  let first: RefusalCode | undefined;
  for (const alternative of cell) {
    const failing = alternative.find(([holds]) => !holds(target));
    if (!failing) return true;
    first ??= failing[1];
  }
  return refuse(first ?? no);
}
