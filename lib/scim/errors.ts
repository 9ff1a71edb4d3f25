/** The detail error keywords of RFC 7644 §3.12 table 9, and those RFC 9865 §4 adds for cursors. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount'

const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error'

/** The one error of this folder: `detail` is read by an Okta admin, so it says what, which attribute, what to do. */
export class ScimError extends Error {
  constructor(
    readonly status: number,
    readonly scimType: ScimType | undefined,
    readonly detail: string,
    /** Whole seconds after which it is worth trying again (429, 503). */
    readonly retryAfter?: number,
  ) {
    super(detail)
    this.name = 'ScimError'
  }
}

/** A 400 with its keyword; nearly every refusal of this folder is one. */
export function badRequest(scimType: ScimType, detail: string): ScimError {
  return new ScimError(400, scimType, detail)
}

export type ScimErrorBody = {
  schemas: [typeof ERROR_SCHEMA]
  status: string
  scimType?: ScimType
  detail: string
}

/** The JSON of RFC 7644 §3.12, `status` as text. A `detail` given replaces the error's own (to add an event id). */
export function errorBody(
  e: Pick<ScimError, 'status' | 'scimType' | 'detail'>,
  detail: string = e.detail,
): ScimErrorBody {
  return {
    schemas: [ERROR_SCHEMA],
    status: String(e.status),
    ...(e.scimType ? { scimType: e.scimType } : {}),
    detail,
  }
}
