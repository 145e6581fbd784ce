import type { LogDetail } from '../facts.ts';
import { can } from '../permissions.ts';
import type { Put } from '../puts.ts';
import { isRefusal, refuse } from '../refusals.ts';
import {
  commentChoices,
  defaultSettings,
  idleLockRange,
  leaseRange,
  mediaRanges,
  mostLanguages,
  type MediaCeilings,
  type Settings
} from '../settings.ts';
import { outcome, type CommandArgs, type MemberCommand } from './command.ts';

/** A language as BCP 47 writes its simple ones: `es`, `pt-BR`. */
const language = /^[a-z]{2,3}(-[A-Z]{2})?$/;

/** SG1: an administrator chooses for the TwinSpace; each choice stands by itself, so that two never fight. */
export const settingsSet: MemberCommand<'settings.set'> = {
  by: 'member',
  facts: {
    since: 2,
    argsSince: ({ settings }) => {
      if (Object.keys(settings).some((name) => name.startsWith('comment'))) return 7;
      if (Object.keys(settings).some((name) => name.startsWith('media'))) return 5;
      return settings.leaseDays === undefined ? 2 : 3;
    },
    asks: ['change-settings'],
    about: 'actor',
    makes: 'nothing',
    log: { kind: 'settings', detail: chosen }
  },
  sensitive: true,
  judge: ({ ceilings }, { args }, { role }) => {
    const allowed = can(role, 'change-settings');
    if (isRefusal(allowed)) return allowed;
    const names = Object.keys(args.settings) as (keyof Settings)[];
    if (names.length === 0 || !names.every((name) => isValid(name, args.settings)))
      return refuse('setting-invalid');
    const above = aboveCeiling(args.settings, ceilings);
    if (above !== undefined) return refuse('setting-above-ceiling', { megabytes: String(above) });
    const puts = names.map((key): Put => {
      const value = args.settings[key] as Settings[keyof Settings];
      return { doc: 'members', map: 'settings', key, value };
    });
    return outcome(...puts);
  }
};

function isValid(name: keyof Settings, chosen: Partial<Settings>): boolean {
  if (!Object.hasOwn(defaultSettings, name)) return false;
  switch (name) {
    case 'idleLockMinutes': {
      const minutes = chosen.idleLockMinutes ?? 0;
      return (
        Number.isInteger(minutes) && minutes >= idleLockRange.shortest && minutes <= idleLockRange.longest
      );
    }
    case 'leaseDays': {
      const days = chosen.leaseDays ?? 0;
      return Number.isInteger(days) && days >= leaseRange.shortest && days <= leaseRange.longest;
    }
    case 'languages': {
      const spoken = chosen.languages ?? [];
      const distinct = new Set(spoken).size === spoken.length;
      return (
        distinct &&
        spoken.length > 0 &&
        spoken.length <= mostLanguages &&
        spoken.every((one) => language.test(one))
      );
    }
    case 'mediaSpaceMegabytes':
    case 'mediaFilmMegabytes':
    case 'mediaDayMegabytes': {
      const { smallest, largest } = mediaRanges[name];
      const megabytes = chosen[name] ?? 0;
      return Number.isInteger(megabytes) && megabytes >= smallest && megabytes <= largest;
    }
    case 'comments':
      return commentChoices.some((choice) => choice === chosen.comments);
    case 'mediaApproval':
    case 'commentApproval':
    case 'teachersAddPupils':
    case 'teachersExport':
    case 'pupilsChangePassword':
      return typeof chosen[name] === 'boolean';
  }
}

/** SG6: the first ceiling above which something is chosen. */
function aboveCeiling(chosen: Partial<Settings>, ceilings: MediaCeilings = {}): number | undefined {
  for (const name of Object.keys(mediaRanges) as (keyof MediaCeilings)[]) {
    const ceiling = ceilings[name];
    if (ceiling !== undefined && (chosen[name] ?? 0) > ceiling) return ceiling;
  }
  return undefined;
}

/** LO3: settings with their values; of languages only what has the form of a tag, for a refused one may be anything. */
function chosen({ settings: { languages, ...others } }: CommandArgs['settings.set']): LogDetail {
  const tags = languages?.filter((tag) => language.test(tag));
  return { ...others, ...(tags ? { languages: tags } : {}) };
}
