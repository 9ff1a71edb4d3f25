import { type SentenceFacts, sentence } from '@/lib/events/sentence'

/** What happened, as one sentence with the names in bold. */
export function SentenceText({ event }: { event: SentenceFacts }) {
  let at = 0
  return sentence(event).map((part) => {
    const text = typeof part === 'string' ? part : part.bold
    at += text.length + 1
    return typeof part === 'string' ? (
      <span key={at}>{text}</span>
    ) : (
      // A name in another script keeps to itself: the numbers after it stay after it.
      <bdi key={at}>
        <strong className="font-semibold text-text">{text}</strong>
      </bdi>
    )
  })
}
