/** In Kit's place: where one is. */
class Shown {
  url = $state.raw(new URL('/', location.href));
  state = $state.raw<App.PageState>({});
  params = $derived<Record<string, string>>({ ...spaceOf(this.url) });
}

function spaceOf({ pathname }: URL): Record<string, string> {
  const [, space] = /^\/space\/([^/]+)/.exec(pathname) ?? [];
  return space === undefined ? {} : { space };
}

export const page = new Shown();

/** Where one is going: here one is there at once. */
export const navigating: { readonly to: object | null } = { to: null };
