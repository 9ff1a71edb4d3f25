import SearchIcon from 'lucide-react/icons/search'
import { Button } from './button'
import { Input } from './field'

type Props = {
  action: string
  label: string
  placeholder: string
  q: string
  /** What the address says besides, and keeps. */
  kept?: Record<string, string | null>
  name?: string
}

/** Words to look for. A plain form: its answer has an address, and it works before any script has loaded. */
export function SearchForm({ action, label, placeholder, q, kept = {}, name = 'q' }: Props) {
  return (
    <search className="max-sm:w-full">
      <form action={action} className="flex gap-2">
        {Object.entries(kept).map(([each, value]) =>
          value === null ? null : <input key={each} type="hidden" name={each} value={value} />,
        )}
        <Input
          type="search"
          name={name}
          label={label}
          hideLabel
          placeholder={placeholder}
          defaultValue={q}
          key={q}
          maxLength={100}
          dir="auto"
          className="flex-1 sm:w-64"
        />
        <Button type="submit" aria-label="Search" className="min-h-9">
          <SearchIcon size={15} aria-hidden="true" />
        </Button>
      </form>
    </search>
  )
}
