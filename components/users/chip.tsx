import X from 'lucide-react/icons/x'
import Link from 'next/link'

/** A filter in force; the link takes it away. */
export function Chip({ href, text }: { href: string; text: string }) {
  return (
    <Link
      href={href}
      prefetch={false}
      aria-label={text === 'Clear' ? 'Clear all filters' : `Remove filter ${text}`}
      className="inline-flex min-h-7 max-w-64 items-center gap-1 rounded-full bg-accent-soft px-2.5 text-xs font-medium text-accent hover:underline max-sm:min-h-11"
    >
      <bdi className="truncate">{text}</bdi>
      <X size={12} aria-hidden="true" className="shrink-0" />
    </Link>
  )
}
