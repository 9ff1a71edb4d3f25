import { Banner } from '@/components/ui/banner'

/** Why the last shots could not be fired. */
export function Trouble({ sentence }: { sentence: string | null }) {
  if (!sentence) return null
  return (
    <div role="alert" className="mb-4">
      <Banner tone="fail" title="That could not be fired">
        {sentence}
      </Banner>
    </div>
  )
}
