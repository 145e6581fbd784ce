import { isUuid, type ChangeId } from '#lib/domain/ids.ts';

/**
 * The id in a header that could not be read otherwise, so that the verdict finds its change; empty where there is none.
 */
export function idIn(header: string): ChangeId {
  try {
    const json: unknown = JSON.parse(header);
    if (typeof json === 'object' && json !== null && 'id' in json) {
      if (typeof json.id === 'string' && isUuid(json.id)) return json.id as ChangeId;
    }
  } catch {
    // Not even JSON: there is no id to be found.
  }
  return '' as ChangeId;
}
