import { m } from '#lib/paraglide/messages.js';
import type { Field } from '#lib/tables/field.ts';
import type { ReadColumn } from '#lib/tables/reading.ts';

/** What a column is of, in the words of the table below it. */
export function fieldWords(field: Field | undefined): string {
  switch (field) {
    case 'given':
      return m.class_field_given();
    case 'given2':
      return m.class_field_given2();
    case 'family':
      return m.class_field_family();
    case 'family2':
      return m.class_field_family2();
    case 'name':
      return m.class_field_name();
    case 'name-family-first':
      return m.class_field_name_family_first();
    case 'username':
      return m.class_field_username();
    case 'password':
      return m.class_field_password();
    case 'display':
      return m.class_field_display();
    case 'role':
      return m.class_field_role();
    case 'level':
      return m.class_field_level();
    case 'group':
      return m.class_field_group();
    case undefined:
      return m.class_field_none();
    default:
      return field satisfies never;
  }
}

/** How a column is called: as the list has it, else by its place. */
export function columnWords({ heading, at }: ReadColumn): string {
  return heading === '' ? m.class_column_number({ number: at + 1 }) : heading;
}
