import 'server-only'
import { compactVerify, decodeProtectedHeader } from 'jose'
import type { TokenEndpointHandler } from 'next-auth/providers/oauth'
import { issuerKeys } from '@/lib/issuer'

/** What an issuer may sign with. Never `none`, and nothing symmetric: its keys are public, our secret is no key of its. */
export const SIGNING_ALGORITHMS: readonly string[] = ['RS256', 'ES256']

/** The algorithm a token says it is signed with; throws for one that is not on the list. */
export function signingAlgorithm(token: string): string {
  const { alg = 'none' } = decodeProtectedHeader(token)
  if (!SIGNING_ALGORITHMS.includes(alg)) throw new Error(`The ID token is signed with ${alg.slice(0, 20)}`)
  return alg
}

/** Checks the signature by a key of the issuer that is of the algorithm's kind. Rejects; with IssuerError without keys. */
export async function checkSignature(token: string, issuer: string): Promise<void> {
  signingAlgorithm(token)
  await compactVerify(token, await issuerKeys(issuer), { algorithms: [...SIGNING_ALGORITHMS] })
}

/**
 * next-auth's exchange of the code, with every check its client makes. One such client takes one algorithm, fixed before
 * the token is there: so the code is exchanged first, and a client set to what the token names judges the answer.
 */
export const exchangeWithNextAuth: NonNullable<TokenEndpointHandler['request']> = async (asked) => {
  const { client, params, checks } = asked
  const { callbackUrl } = asked.provider
  const tokens = await client.grant({
    grant_type: 'authorization_code',
    code: params.code,
    redirect_uri: callbackUrl,
    code_verifier: checks.code_verifier,
  })
  const id_token_signed_response_alg = signingAlgorithm(tokens.id_token ?? '')
  const judge = new client.issuer.Client({ ...client.metadata, id_token_signed_response_alg })
  // What next-auth allows clocks to differ by is kept under a symbol.
  for (const key of Object.getOwnPropertySymbols(client)) Reflect.set(judge, key, Reflect.get(client, key))
  judge.grant = async () => tokens
  return { tokens: await judge.callback(callbackUrl, params, checks) }
}
