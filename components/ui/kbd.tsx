/** Keys to press one after the other, such as `G U`. */
export function Kbd({ keys }: { keys: string }) {
  const [first = '', second] = keys.split(' ')
  return (
    <span className="flex gap-1">
      <kbd className="kbd">{first}</kbd>
      {second ? <kbd className="kbd">{second}</kbd> : null}
    </span>
  )
}
