import type { Metadata } from 'next'
import { Button } from '@/components/ui/button'
import { demoCompanies } from '@/lib/demo/companies'
import { demoViewer, requireDemo } from '@/lib/demo/door'
import { resetStory } from './actions.demo'

export const metadata: Metadata = { title: 'The walkthrough' }

export default async function WalkthroughPage() {
  await requireDemo()
  const companies = await Promise.all((await demoCompanies()).map(({ slug }) => demoViewer(slug)))
  return (
    <>
      <h1>The walkthrough</h1>
      <p>{companies.map(({ orgName }) => orgName).join(' and ')}</p>
      <form action={resetStory}>
        <Button type="submit">Reset</Button>
      </form>
    </>
  )
}
