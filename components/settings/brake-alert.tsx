import { Banner } from '@/components/ui/banner'
import { Confirm, type ConfirmState } from '@/components/ui/confirm'
import { Select } from '@/components/ui/field'
import { counted } from '@/components/ui/format'
import { Time } from '@/components/ui/time'

type Action = (state: ConfirmState, form: FormData) => Promise<ConfirmState>
type Props = {
  alert: { since: string; limit: number; minutes: number; waiting: number }
  release: Action
  stop: Action
}

/** The brake holds leavers back: an admin says whether that is right. */
export function BrakeAlert({ alert: { since, limit, minutes, waiting }, release, stop }: Props) {
  const who = waiting === 0 ? 'Nobody waits now' : `${counted(waiting, 'person waits', 'people wait')} to leave`
  return (
    <Banner
      tone="warn"
      title={`Okta takes more than ${counted(limit, 'person', 'people')} out within ${counted(minutes, 'minute')}. ${who}.`}
      action={
        <div className="flex flex-wrap gap-2">
          <Confirm trigger="Let them leave" title="Let everybody leave?" verb="Let them leave" action={release}>
            <p>The brake is open for a while. Okta tries again by itself; whoever it deactivates leaves at once.</p>
            <Select label="For how long" name="minutes" defaultValue="60">
              <option value="15">15 minutes</option>
              <option value="60">1 hour</option>
              <option value="1440">1 day</option>
            </Select>
          </Confirm>
          <Confirm trigger="Stop Okta" title="Stop Okta?" verb="Pause provisioning" danger action={stop}>
            <p>
              Okta gets 403 for everything until you resume under Provisioning. Who has left stays deactivated;
              reactivate them in Okta once you know what went wrong.
            </p>
          </Confirm>
        </div>
      }
    >
      Since <Time at={since} />. The first {limit.toLocaleString('en-US')} left at once, the others are told to wait and
      go on a few at a time.
    </Banner>
  )
}
