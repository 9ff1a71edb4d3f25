import { describe, expect, it, vi } from 'vitest'
import { shutdown } from '@/lib/process'
import { type SseStream, sseResponse } from './sse'

function opened() {
  const abort = new AbortController()
  const ended = vi.fn()
  let stream: SseStream | undefined
  const response = sseResponse(abort.signal, (s) => {
    stream = s
    return ended
  })
  if (!stream) throw new Error('start was not called')
  return { abort, ended, stream, response }
}

describe('an event stream', () => {
  it('starts with how soon to come back, and sends id, event and data', async () => {
    const { stream, response, ended } = opened()
    stream.send({ event: 'event', data: '{"a":1}', id: 'x' })
    stream.send({ event: 'gap', data: '{}' })
    stream.close()
    expect(await response.text()).toBe(
      'retry: 1000\n: hello\n\nid: x\nevent: event\ndata: {"a":1}\n\nevent: gap\ndata: {}\n\n',
    )
    expect(ended).toHaveBeenCalledOnce()
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    expect(response.headers.get('cache-control')).toContain('no-transform')
  })

  it('ends once when the browser goes, and ignores what is sent later', async () => {
    const { abort, stream, ended, response } = opened()
    abort.abort()
    stream.send({ event: 'event', data: 'late' })
    stream.close()
    expect(ended).toHaveBeenCalledOnce()
    expect(await response.text()).not.toContain('late')
  })

  it('ends when the reader cancels', async () => {
    const { ended, response } = opened()
    await response.body?.cancel()
    expect(ended).toHaveBeenCalledOnce()
  })

  it('cuts off a reader that does not read', () => {
    const { stream, ended } = opened()
    for (let i = 0; i < 10; i++) stream.send({ event: 'event', data: 'x'.repeat(1024 * 1024) })
    expect(ended).toHaveBeenCalledOnce()
  })

  it('sends a sign of life', async () => {
    vi.useFakeTimers()
    const { stream, response } = opened()
    vi.advanceTimersByTime(31_000)
    stream.close()
    vi.useRealTimers()
    expect((await response.text()).match(/: still here/g)).toHaveLength(2)
  })

  it('ends at shutdown, and one opened during it ends at once', async () => {
    const before = opened()
    await shutdown()
    expect(before.ended).toHaveBeenCalledOnce()
    expect(opened().ended).toHaveBeenCalledOnce()
  })
})
