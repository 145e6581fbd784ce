import { paths } from '#lib/ui/paths.ts';

/** Where this device remembers by which door people last came in: a word, nothing of a person. */
const key = 'twinspace.door';

type Door = typeof paths.login | typeof paths.pupilLogin;

/** The door by which somebody last signed in here: the pupils' one until then. */
export function lastDoor(): Door {
  try {
    return localStorage.getItem(key) === paths.login ? paths.login : paths.pupilLogin;
  } catch {
    return paths.pupilLogin;
  }
}

/** Remembers the door. */
export function rememberDoor(door: Door): void {
  try {
    localStorage.setItem(key, door);
  } catch {
    // Storage is closed to us: the pupils' door it is.
  }
}
