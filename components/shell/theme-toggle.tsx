import clsx from 'clsx'
import Monitor from 'lucide-react/icons/monitor'
import Moon from 'lucide-react/icons/moon'
import Sun from 'lucide-react/icons/sun'
import { THEMES, type Theme } from './theme'

const icons = { system: Monitor, light: Sun, dark: Moon }
const names = { system: 'Theme of the system', light: 'Light theme', dark: 'Dark theme' }

type Props = { current: Theme; action: (form: FormData) => Promise<void> }

/** Three buttons of one form; works without a script. */
export function ThemeToggle({ current, action }: Props) {
  return (
    <form action={action}>
      <fieldset className="inline-flex rounded-md border border-border bg-surface p-0.5">
        <legend className="sr-only">Theme</legend>
        {THEMES.map((theme) => {
          const Icon = icons[theme]
          return (
            <button
              key={theme}
              type="submit"
              name="theme"
              value={theme}
              aria-pressed={theme === current}
              aria-label={names[theme]}
              title={names[theme]}
              className={clsx(
                'grid h-6 w-7 place-items-center rounded max-sm:h-10 max-sm:w-11',
                theme === current ? 'bg-accent-soft text-accent' : 'text-muted hover:text-text',
              )}
            >
              <Icon size={14} aria-hidden="true" />
            </button>
          )
        })}
      </fieldset>
    </form>
  )
}
