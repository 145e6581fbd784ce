import type { Action } from '#lib/domain/permissions.ts';
import { m } from '#lib/paraglide/messages.js';
import { matchingText } from '#lib/ui/matching-text.ts';
import { paths } from '#lib/ui/paths.ts';

/** What tasks are sorted by, in this order; also the part of an address behind `#`. */
export const topics = ['people', 'groups', 'pages', 'tablets', 'space'] as const;
export type Topic = (typeof topics)[number];

/** Something that teachers want to do, and how (AP12). */
export interface Task {
  readonly id: string;
  readonly topic: Topic;
  readonly title: () => string;
  /** One step on each line. */
  readonly steps: () => string;
  /** Other words by which people look for it; shown nowhere. */
  readonly words: () => string;
  /** Where it is done, in a TwinSpace; absent where it is done on another device. */
  readonly where?: (space: string) => string;
  /** What one must be allowed to do for it to make sense to go there. */
  readonly needs?: Action;
}

/** The tasks of the guide, and those of classroom tablets. */
export const tasks: readonly Task[] = [
  {
    id: 'pupil',
    topic: 'people',
    title: m.how_pupil_title,
    steps: m.how_pupil_steps,
    words: m.how_pupil_words,
    where: paths.addPupil,
    needs: 'add-pupil'
  },
  {
    id: 'class',
    topic: 'people',
    title: m.how_class_title,
    steps: m.how_class_steps,
    words: m.how_class_words,
    where: paths.addClass,
    needs: 'add-pupil'
  },
  {
    id: 'existing',
    topic: 'people',
    title: m.how_existing_title,
    steps: m.how_existing_steps,
    words: m.how_existing_words,
    where: (space) => paths.addExisting(space),
    needs: 'add-existing-pupil'
  },
  {
    id: 'teacher',
    topic: 'people',
    title: m.how_teacher_title,
    steps: m.how_teacher_steps,
    words: m.how_teacher_words,
    where: paths.addTeacher,
    needs: 'invite-teacher'
  },
  {
    id: 'access',
    topic: 'people',
    title: m.how_access_title,
    steps: m.how_access_steps,
    words: m.how_access_words,
    where: paths.members,
    needs: 'edit-access'
  },
  {
    id: 'password',
    topic: 'people',
    title: m.how_password_title,
    steps: m.how_password_steps,
    words: m.how_password_words,
    where: paths.members
  },
  {
    id: 'pictures',
    topic: 'people',
    title: m.how_pictures_title,
    steps: m.how_pictures_steps,
    words: m.how_pictures_words,
    where: paths.members
  },
  {
    id: 'remove',
    topic: 'people',
    title: m.how_remove_title,
    steps: m.how_remove_steps,
    words: m.how_remove_words,
    where: paths.members
  },
  {
    id: 'export',
    topic: 'people',
    title: m.how_export_title,
    steps: m.how_export_steps,
    words: m.how_export_words,
    where: paths.members,
    needs: 'export-invited'
  },
  {
    id: 'groups',
    topic: 'groups',
    title: m.how_groups_title,
    steps: m.how_groups_steps,
    words: m.how_groups_words,
    where: paths.groups
  },
  {
    id: 'starter',
    topic: 'pages',
    title: m.how_starter_title,
    steps: m.how_starter_steps,
    words: m.how_starter_words,
    where: paths.pages,
    needs: 'create-page'
  },
  {
    id: 'each',
    topic: 'pages',
    title: m.how_each_title,
    steps: m.how_each_steps,
    words: m.how_each_words,
    where: (space) => paths.onePageEach(space),
    needs: 'create-page'
  },
  {
    id: 'tablets',
    topic: 'tablets',
    title: m.how_tablets_title,
    steps: m.how_tablets_steps,
    words: m.how_tablets_words,
    where: paths.addTablets,
    needs: 'enrol-tablet'
  },
  {
    id: 'classroom-password',
    topic: 'tablets',
    title: m.how_classroom_password_title,
    steps: m.how_classroom_password_steps,
    words: m.how_classroom_password_words,
    where: () => paths.account
  },
  {
    id: 'lesson',
    topic: 'tablets',
    title: m.how_lesson_title,
    steps: m.how_lesson_steps,
    words: m.how_lesson_words
  },
  {
    id: 'leaving',
    topic: 'tablets',
    title: m.how_leaving_title,
    steps: m.how_leaving_steps,
    words: m.how_leaving_words,
    where: paths.tablets
  },
  {
    id: 'lost',
    topic: 'tablets',
    title: m.how_lost_title,
    steps: m.how_lost_steps,
    words: m.how_lost_words,
    where: paths.tablets
  },
  {
    id: 'refused',
    topic: 'space',
    title: m.how_refused_title,
    steps: m.how_refused_steps,
    words: m.how_refused_words,
    where: () => paths.tray
  },
  {
    id: 'settings',
    topic: 'space',
    title: m.how_settings_title,
    steps: m.how_settings_steps,
    words: m.how_settings_words,
    where: paths.settings
  },
  {
    id: 'log',
    topic: 'space',
    title: m.how_log_title,
    steps: m.how_log_steps,
    words: m.how_log_words,
    where: (space) => paths.activity(space),
    needs: 'read-log'
  },
  {
    id: 'archive',
    topic: 'space',
    title: m.how_archive_title,
    steps: m.how_archive_steps,
    words: m.how_archive_words,
    where: paths.settings
  },
  {
    id: 'take',
    topic: 'space',
    title: m.how_take_title,
    steps: m.how_take_steps,
    words: m.how_take_words,
    where: paths.settings,
    needs: 'take-space'
  },
  {
    id: 'bring',
    topic: 'space',
    title: m.how_bring_title,
    steps: m.how_bring_steps,
    words: m.how_bring_words,
    where: paths.fromArchive,
    needs: 'take-space'
  }
];

/** AP12: those whose words hold every word that is searched for, whatever its accents and capitals. */
export function tasksFor(search: string): readonly Task[] {
  return tasks.filter(({ title, steps, words }) => matchingText(`${title()} ${steps()} ${words()}`, search));
}
