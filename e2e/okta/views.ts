import type { Exchange } from './model'

/** One sent request as the JSON API shows it. */
export const requestView = ({ method, url, requestBody, status, responseBody, ms, error }: Exchange) => ({
  method,
  url,
  requestBody,
  status,
  responseBody,
  ms,
  ...(error ? { error } : {}),
})
