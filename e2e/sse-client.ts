export type Heard = { text: () => string; stop: () => void }

/** Opens a stream of server-sent events and keeps all it says. Resolves once it has said hello. */
export async function hear(url: string, headers: Record<string, string>): Promise<Heard> {
  const ending = new AbortController()
  const response = await fetch(url, { headers, signal: ending.signal })
  if (!response.ok || !response.body) throw new Error(`${url} answered ${response.status}`)
  let text = ''
  const decoder = new TextDecoder()
  const reader = response.body.getReader()
  const read = async () => {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      text += decoder.decode(value, { stream: true })
    }
  }
  // Stopped by us, or cut with the process that spoke.
  void read().catch(() => undefined)
  return { text: () => text, stop: () => ending.abort() }
}
