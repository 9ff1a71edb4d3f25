import 'server-only'
import { isStopping, onShutdown } from '@/lib/process'
import type { EventView } from './view'

const KEEP_ALIVE_MS = 15_000
/** A reader this far behind is cut off; it comes back with Last-Event-ID and misses nothing. */
const MAX_BACKLOG_BYTES = 4 * 1024 * 1024

export type SseStream = {
  /** Sends one message; `id` becomes the browser's Last-Event-ID. */
  send: (message: { event: string; data: string; id?: string | undefined }) => void
  close: () => void
}

/**
 * An open server-sent-events answer. `start` gets the stream and returns what to do when it ends: closed by us, left by
 * the browser, too slow, or the process stopping.
 */
export function sseResponse(signal: AbortSignal, start: (stream: SseStream) => () => void): Response {
  const encoder = new TextEncoder()
  let end: () => void = () => undefined
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let open = true
        let cleanup: () => void = () => undefined
        const write = (text: string) => {
          if (!open) return
          const bytes = encoder.encode(text)
          // With a byte-counting strategy desiredSize is what is left before the reader is too far behind.
          if ((controller.desiredSize ?? 0) < bytes.length) return close()
          controller.enqueue(bytes)
        }
        const close = () => {
          if (!open) return
          open = false
          clearInterval(keepAlive)
          signal.removeEventListener('abort', close)
          offShutdown()
          cleanup()
          // Already closed when the browser left first.
          try {
            controller.close()
          } catch {}
        }
        const keepAlive = setInterval(() => write(': still here\n\n'), KEEP_ALIVE_MS).unref()
        const offShutdown = onShutdown(close)
        signal.addEventListener('abort', close)
        end = close
        write('retry: 1000\n: hello\n\n')
        cleanup = start({
          send: ({ event, data, id }) => write(`${id ? `id: ${id}\n` : ''}event: ${event}\ndata: ${data}\n\n`),
          close,
        })
        if (!open) cleanup()
        if (signal.aborted || isStopping()) close()
      },
      cancel: () => end(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: MAX_BACKLOG_BYTES }),
  )
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    },
  })
}

const encoded = new WeakMap<EventView, string>()

/** The event as JSON, made once however many streams send it. */
export function encodeEvent(event: EventView): string {
  const known = encoded.get(event)
  if (known) return known
  const text = JSON.stringify(event)
  encoded.set(event, text)
  return text
}
