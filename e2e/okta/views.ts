import type { Exchange } from './model'

/** One sent request as the JSON API shows it. */
export const requestView = ({ method, url, requestBody, status, responseBody, ms, error, faults }: Exchange) => ({
  method,
  url,
  requestBody,
  status,
  responseBody,
  ms,
  ...(error ? { error } : {}),
  ...(faults ? { faults } : {}),
})

type Result = { requests: Exchange[]; error?: string; waiting?: boolean }

/** What an action sent, the task it left, and whether it waits for its next try. */
export const resultView = ({ requests, error, waiting }: Result) => ({
  requests: requests.map(requestView),
  ...(error ? { error } : {}),
  ...(waiting ? { waiting } : {}),
})
