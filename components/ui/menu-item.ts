/** One line of a menu, be it a link or a button. */
export const menuItem =
  'flex min-h-8 w-full items-center gap-2.5 rounded-md px-2.5 text-left text-sm hover:bg-raised max-sm:min-h-11 aria-[current]:bg-accent-soft aria-[current]:text-accent'
