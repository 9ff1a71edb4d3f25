/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import { Document } from './document'
import { fullName, type Person } from './model'

type SignInProps = { orgName: string; people: Person[]; hint: string; problem?: string | undefined }

/** A plain form without scripts: one button a person, or a typed sign-in name. There are no passwords. */
export function signInPage({ orgName, people, hint, problem }: SignInProps): string {
  const hinted = people.filter(({ login }) => login === hint)
  const others = people.filter(({ login }) => login !== hint)
  return centred(
    `Sign in · ${orgName}`,
    <>
      <p class="eyebrow">Okta stand-in</p>
      <h1>Sign in to {orgName}</h1>
      <p class="quiet">Choose who you are. There are no passwords here.</p>
      {problem ? (
        <p class="flash flash-bad" role="alert">
          {problem}
        </p>
      ) : null}
      {hinted.map((person) => (
        <form key={person.id} method="post" class="stack">
          <button type="submit" name="login" value={person.login} class="button" autofocus>
            Continue as {fullName(person)}
          </button>
        </form>
      ))}
      <form method="post" class="stack">
        <div class="people-choice">
          {others.map((person) => (
            <button key={person.id} type="submit" name="login" value={person.login} class="person-choice">
              <span class="avatar" aria-hidden="true">
                {person.firstName.charAt(0)}
                {person.lastName.charAt(0)}
              </span>
              <span>
                <strong>{fullName(person)}</strong> <span class="quiet">{person.login}</span>
              </span>
            </button>
          ))}
        </div>
      </form>
      <form method="post" class="stack ruled">
        <label>
          Or type a sign-in name
          <input type="email" name="login" value={hint} autocomplete="username" required />
        </label>
        <button type="submit" class="button">
          Sign in
        </button>
      </form>
    </>,
  )
}

/** A page that only says something: an error of the protocol, or that the person is signed out. */
export function messagePage(title: string, message: string): string {
  return centred(
    title,
    <>
      <p class="eyebrow">Okta stand-in</p>
      <h1>{title}</h1>
      <p>{message}</p>
    </>,
  )
}

function centred(title: string, content: Child): string {
  const html = (
    <Document title={title} centred>
      <main class="card narrow">{content}</main>
    </Document>
  )
  return `<!doctype html>${html}`
}
