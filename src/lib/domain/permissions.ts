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

const signs: Condition = [(t) => settings(t).comments !== 'none', 'setting-off'];
const wordsOfStaff: Condition = [
  (t) => settings(t).comments === 'staff' || settings(t).comments === 'all',
  'setting-off'
];
const wordsOfAll: Condition = [(t) => settings(t).comments === 'all', 'setting-off'];

const admins = 'only-administrators';
const no = 'not-permitted';

/**
 * PE1–PE43: who may do what, row by row as SPEC.md has it. Columns: teacher-admin, teacher, pupil-admin,
 * pupil, visitor. Whatever does not stand here is denied.
 */
const table = {
  'see-content': [true, true, true, true, [[published]]], // PE2
  'add-pupil': [true, [[teachersAdd, asPupil]], no, no, no], // PE3
  'add-existing-pupil': [true, [[teachersAdd, asPupil]], no, no, no], // PE4
  'invite-teacher': [true, admins, no, no, no], // PE5
  'give-visitor-link': [true, admins, no, no, no], // PE6
  'see-members': [true, true, true, true, no], // PE7
  'see-usernames': [true, true, no, no, no], // PE8
  contact: [true, true, [[ofTeacher]], [[ofTeacher]], no], // PE9
  'edit-access': [true, admins, no, no, no], // PE10
  'edit-membership': [true, [[own]], no, no, no], // PE11
  'edit-account-names': [[[home], [own]], [[own]], no, no, no], // PE12
  'edit-username': [[[home]], 'only-home-administrators', no, no, no], // PE13
  'erase-account': [[[home]], 'only-home-administrators', no, no, no], // PE14
  'set-password': [[[homePassword], [ownPassword]], [[ownPassword]], no, no, no], // PE15
  'change-own-password': [true, true, [[pupilsPassword]], [[pupilsPassword]], no], // PE16
  'hand-over': [true, [[own]], no, no, no], // PE17
  'export-invited': [true, [[teachersExport]], no, no, no], // PE18
  'make-group': [true, [[own]], no, no, no], // PE19
  'enrol-tablet': [true, true, no, no, no], // PE20
  'revoke-tablet': [true, [[mine]], no, no, no], // PE21
  'create-page': [true, true, [[permitted]], no, no], // PE22
  'edit-page': [true, [[mine], [permitted]], [[permitted]], [[permitted]], no], // PE23
  'give-page-permission': [true, [[mine]], no, no, no], // PE24
  'delete-page': [true, [[mine]], no, no, no], // PE25
  'add-media': [true, true, true, true, no], // PE26
  'delete-media': [true, [[mine], [own]], [[mine], [permitted]], [[mine]], no], // PE27
  publish: [true, admins, no, no, no], // PE28
  'change-settings': [true, admins, no, no, no], // PE29
  archive: [true, admins, no, no, no], // PE30
  'read-log': [true, admins, no, no, no], // PE31
  'answer-joining': [[[home], [own]], [[own]], no, no, no], // PE33
  'edit-profile': [true, [[own], [mine]], [[mine]], [[mine]], no], // PE34
  'approve-media': [true, true, no, no, no], // PE35
  comment: [[[wordsOfStaff]], [[wordsOfStaff]], [[wordsOfAll]], [[wordsOfAll]], no], // PE36
  react: [[[signs]], [[signs]], [[signs]], [[signs]], no], // PE37
  'remove-comment': [true, true, [[mine]], [[mine]], no], // PE38
  'approve-comment': [true, true, no, no, no], // PE39
  'hand-in': [no, no, [[permitted]], [[permitted]], no], // PE40
  'give-back': [true, true, no, no, no], // PE41
  'take-portfolio': [true, [[own], [mine]], [[mine]], [[mine]], no], // PE42
  'take-space': [true, admins, no, no, no] // PE43
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
  const row: readonly Cell[] = Object.hasOwn(table, action) ? table[action] : [];
  const cell = row[columns.indexOf(role)] ?? no;
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
