/** The addresses of the screens, made here and nowhere else. The app lives at the root of its origin. */
export const paths = {
  welcome: '/',
  setup: '/setup',
  invite: '/invite',
  recover: '/recover',
  login: '/login',
  pupilLogin: '/pupil-login',
  spaces: '/spaces',
  space: (id: string) => `/space/${id}`,
  members: (id: string) => `/space/${id}/members`,
  add: (id: string) => `/space/${id}/members/add`,
  groups: (id: string) => `/space/${id}/groups`,
  media: (id: string) => `/space/${id}/media`,
  pages: (id: string) => `/space/${id}/pages`,
  waitingComments: (id: string) => `/space/${id}/pages/comments`,
  fromArchive: (id: string) => `/space/${id}/pages/from-archive`,
  page: (id: string, page: string) => `/space/${id}/pages/${page}`,
  /** One page for each of many; with the page that is copied. */
  onePageEach: (id: string, pattern?: string) =>
    `/space/${id}/pages/each${pattern === undefined ? '' : `?pattern=${pattern}`}`,
  pageHistory: (id: string, page: string) => `/space/${id}/pages/${page}/history`,
  takeHome: (id: string, page: string) => `/space/${id}/pages/${page}/home`,
  portfolio: (id: string, member: string) => `/space/${id}/portfolio/${member}`,
  publish: (id: string, page: string) => `/space/${id}/pages/${page}/publish`,
  visits: (id: string) => `/space/${id}/visits`,
  settings: (id: string) => `/space/${id}/settings`,
  addPupil: (id: string) => `/space/${id}/members/add/pupil`,
  addClass: (id: string) => `/space/${id}/members/add/class`,
  addExisting: (id: string, account?: string) =>
    `/space/${id}/members/add/existing${account === undefined ? '' : `?account=${account}`}`,
  addTeacher: (id: string) => `/space/${id}/members/add/teacher`,
  activity: (id: string, account?: string) =>
    `/space/${id}/activity${account === undefined ? '' : `?account=${account}`}`,
  /** Where a browser becomes a classroom tablet; behind # the secret of an offer. */
  enrolTablet: '/tablet',
  tablets: (id: string) => `/space/${id}/tablets`,
  addTablets: (id: string) => `/space/${id}/tablets/add`,
  /** The help for teachers; behind # a topic. */
  how: (id: string, topic?: string) => `/space/${id}/how${topic === undefined ? '' : `#${topic}`}`,
  profile: (id: string) => `/space/${id}/profile`,
  /** For the teacher on a classroom tablet. */
  lesson: '/class',
  tray: '/tray',
  device: '/device',
  account: '/account',
  help: (who: string) => `/help?who=${encodeURIComponent(who)}`,
  ownPassword: '/account/password'
} as const;

/** The address of another door that leads on to where somebody wanted to go; `to` as it stands in this door's address. */
export function onTheWay(door: string, to: string | null): string {
  return to === null ? door : `${door}?to=${encodeURIComponent(to)}`;
}

/** Where to go after signing in: an address of this app, or else the list of TwinSpaces. */
export function afterSignIn(to: string | null): string {
  return to !== null && /^\/(?![/\\])/.test(to) ? to : paths.spaces;
}
