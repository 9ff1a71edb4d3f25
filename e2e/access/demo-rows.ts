/**
 * What a page or route of a demo answers to whoever asks this machine by its own name; where two stand, it depends on what
 * the demo has played. A demo's page or route without a row fails.
 */
export const demoRows: Record<string, { status: number | number[]; path?: string }> = {
  'GET /demo': { status: 200 },
  'GET /demo/key': { status: 200 },
  'GET /demo/key/open': { status: 303 },
  'POST /demo/key/open': { status: 303 },
  'GET /demo/sign-in/[org]': { status: 303, path: '/demo/sign-in/porter?login=john.doe%40porter.example' },
  'GET /demo/stream': { status: 200 },
  'GET /demo/recording': { status: [200, 409] },
  'GET /demo/lens': { status: 200 },
  'GET /demo/lens/recording': { status: [200, 409] },
  'GET /lab': { status: 200 },
  'GET /lab/[case]': { status: 200, path: '/lab/get-orgs-org-admin-users-id.id' },
}

/**
 * What each action of a demo is sent, and where it leads. `pressed`: takes long, so that whoever may is not asked again:
 * e2e/pages/demo.spec.ts presses it.
 */
export const demoActionRows: Record<string, { form: Record<string, string>; leadsTo: RegExp; pressed?: true }> = {
  '(demo)/demo/actions.demo advance': { form: { step: '1' }, leadsTo: /^\/demo\?step=\d$/ },
  '(demo)/demo/actions.demo startOver': { form: {}, leadsTo: /^\/demo\?step=1$/ },
  '(demo)/demo/lens/actions.demo playLens': { form: { lens: 'both' }, leadsTo: /^\/demo\/lens/, pressed: true },
  '(demo)/lab/actions.demo fireOne': { form: { case: 'none' }, leadsTo: /^\/lab$/ },
  '(demo)/lab/actions.demo fireAll': { form: { walls: '7' }, leadsTo: /^\/lab/, pressed: true },
}
