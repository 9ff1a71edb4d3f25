/** Tells the person at the terminal where everything is and who they can be. */
export function printDemo({ app, okta, orgs }, { dev, say, key }) {
  say(`\nRollcall is ready${dev ? ' (hot reload)' : ''}.\n`)
  say(`  App            ${app}`)
  say(`  Okta stand-in  ${okta}   no password: pick a person`)
  say(`  Begin here     ${app}/demo   the story in eight steps, five minutes\n`)
  if (key) {
    say('  Others can reach this demo, and be anybody in it. They need the key, and so do you: open this first')
    say(`  Key            ${app}/demo/key/open?key=${key}\n`)
  }
  for (const { name, slug, people } of orgs) {
    say(`  ${name}  ${app}/orgs/${slug}`)
    for (const [role, login] of Object.entries(people)) say(`    ${role.padEnd(10)}${login}`)
    say('')
  }
  say('  Tokens and addresses for scripts: .data/demo.json')
  say('  Start from the seed again: npm run demo -- --fresh')
  say('  Stop: Ctrl-C\n')
}
