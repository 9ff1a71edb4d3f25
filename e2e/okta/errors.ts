/** A request the stand-in will not carry out; `status` is what the JSON API answers. */
export class OktaError extends Error {
  readonly status: 400 | 404 | 409 | 415
  constructor(status: 400 | 404 | 409 | 415, message: string) {
    super(message)
    this.status = status
  }
}

/** The app answered a provisioning request in a way that Okta reports as a failed task. */
export class ProvisioningError extends Error {}
