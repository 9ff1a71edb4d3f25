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

/** The request may have arrived, but its answer did not: the job is done again, from its look-up on. */
export class AnswerLost extends ProvisioningError {}

/** The job ended because the company was reset, the process stops, or a newer job replaced it. */
export class Cancelled extends Error {}
