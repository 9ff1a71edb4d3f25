import { scimApp } from '../app'

/** Where the tests send their requests: the app as server.ts mounts it, until a file chooses the other mount. */
export const mount: { fetch: (request: Request) => Response | Promise<Response> } = {
  fetch: (request) => scimApp.fetch(request),
}
