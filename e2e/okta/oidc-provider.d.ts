/** The part of oidc-provider 9 that the stand-in uses; the package ships no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  type Payload = Record<string, unknown> & { uid?: string; grantId?: string; accountId?: string; consumed?: number }

  interface Adapter {
    upsert(id: string, payload: Payload, expiresIn?: number): Promise<void>
    find(id: string): Promise<Payload | undefined>
    findByUid(uid: string): Promise<Payload | undefined>
    findByUserCode(userCode: string): Promise<Payload | undefined>
    consume(id: string): Promise<void>
    destroy(id: string): Promise<void>
    revokeByGrantId(grantId: string): Promise<void>
  }

  interface Session {
    accountId?: string
    acr?: string
    uid: string
    destroy(): Promise<void>
  }

  interface Interaction {
    exp: number
    params: Record<string, string | undefined>
    prompt: { name: string; reasons: string[] }
    session?: { accountId?: string; uid?: string } | undefined
    save(ttlSeconds: number): Promise<string>
  }

  interface Grant {
    addOIDCScope(scope: string): void
    save(): Promise<string>
  }

  interface OidcContext {
    route: string
    params: Record<string, string | undefined>
    session: Session
    client: { clientId: string }
    account?: { accountId: string }
    result?: { login?: unknown }
    provider: Provider
    cookies: { set(name: string, value: null, options: { overwrite: boolean; signed: boolean; path: string }): void }
  }

  interface Context {
    oidc: OidcContext
    path: string
    status: number
    type: string
    body: string
    redirect(url: string): void
  }

  interface Account {
    accountId: string
    claims(): Record<string, unknown>
  }

  interface ErrorOut {
    error: string
    error_description?: string
  }

  interface Configuration {
    adapter: (model: string) => Adapter
    clients: Record<string, unknown>[]
    jwks: { keys: Record<string, unknown>[] }
    routes: Record<string, string>
    cookies: { keys: string[]; names: Record<string, string> }
    claims: Record<string, string[]>
    scopes: string[]
    acrValues: string[]
    conformIdTokenClaims: boolean
    pkce: { required: () => boolean }
    features: {
      devInteractions: { enabled: boolean }
      pushedAuthorizationRequests: { enabled: boolean }
      rpInitiatedLogout: {
        enabled: boolean
        logoutSource: (ctx: Context) => void
        postLogoutSuccessSource: (ctx: Context) => void
      }
    }
    interactions: { url: (ctx: Context, interaction: { jti: string }) => string; policy: interactionPolicy.Prompts }
    ttl: Record<string, number>
    findAccount: (ctx: Context, id: string) => Promise<Account | undefined>
    loadExistingGrant: (ctx: Context) => Promise<Grant | undefined>
    renderError: (ctx: Context, out: ErrorOut, error: Error) => void
  }

  namespace interactionPolicy {
    interface Prompt {
      checks: { add(check: Check): void }
    }
    interface Prompts {
      get(name: string): Prompt | undefined
    }
    class Check {
      constructor(reason: string, description: string, error: string, check: (ctx: Context) => boolean)
      static REQUEST_PROMPT: true
      static NO_NEED_TO_PROMPT: false
    }
    function base(): Prompts
  }

  namespace errors {
    class AccessDenied extends Error {
      constructor(description: string)
    }
  }

  class Provider {
    constructor(issuer: string, configuration: Configuration)
    callback(): (req: IncomingMessage, res: ServerResponse) => Promise<void>
    use(middleware: (ctx: Context, next: () => Promise<void>) => Promise<void>): void
    cookieName(type: string): string
    urlFor(name: string): string
    interactionDetails(req: IncomingMessage, res: ServerResponse): Promise<Interaction>
    interactionResult(
      req: IncomingMessage,
      res: ServerResponse,
      result: { login: { accountId: string; acr: string; amr: string[] } },
      options: { mergeWithLastSubmission: boolean },
    ): Promise<string>
    on(event: 'server_error', listener: (ctx: Context, error: Error) => void): void
    Session: { findByUid(uid: string): Promise<Session | undefined> }
    Grant: new (init: {
      clientId: string
      accountId: string
    }) => Grant
  }

  export { type Adapter, type Context, errors, interactionPolicy, type Payload, Provider }
}
