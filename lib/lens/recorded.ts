import recorded from './recorded-year.json'
import { type YearRun, yearRunSchema } from './year-run'

/** The year as it was really played once, saved from /demo/lens/recording. */
export const recordedYear: YearRun = yearRunSchema.parse(recorded)
