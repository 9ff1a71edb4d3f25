/** Keys to press one after the other, such as `G U`. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="flex gap-1">
      {keys.split(' ').map((key, at) => (
        <kbd key={`${at} ${key}`} className="kbd">
          {key}
        </kbd>
      ))}
    </span>
  )
}
