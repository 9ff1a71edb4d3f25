import { readFileSync } from 'node:fs'

/** Counts what passed and failed, step by step, and prints the table at the end. */
export function createSteps() {
  const rows = []
  const add = (name, began, passed, failed) => rows.push({ name, seconds: (Date.now() - began) / 1000, passed, failed })
  const failed = () => rows.some((row) => row.failed > 0)

  /** One check: counts 1. Returns what the work returns, undefined after a failure, which is printed. */
  async function check(name, work) {
    const began = Date.now()
    console.log(`· ${name}`)
    try {
      const value = await work()
      add(name, began, 1, 0)
      return value ?? null
    } catch (error) {
      add(name, began, 0, 1)
      console.error(`✗ ${name}: ${error.message}`)
      return undefined
    }
  }

  /** A run of many tests, counted from its JSON report. */
  async function count(name, report, work) {
    const began = Date.now()
    console.log(`· ${name}`)
    let error
    await work().catch((thrown) => {
      error = thrown
    })
    const counted = readReport(report)
    // A run may fail although no test did: an unhandled error, a crash, nothing found.
    if (error && counted.failed === 0) counted.failed = 1
    add(name, began, counted.passed, counted.failed)
    if (error) console.error(`✗ ${name}: ${error.message}`)
  }

  function fail(name, why) {
    add(name, Date.now(), 0, 1)
    console.error(`✗ ${name}: ${why}`)
  }

  function finish() {
    console.log(`\n${'step'.padEnd(22)}${'seconds'.padStart(9)}${'passed'.padStart(9)}${'failed'.padStart(9)}`)
    for (const { name, seconds, passed, failed } of rows)
      console.log(
        name.padEnd(22) + seconds.toFixed(1).padStart(9) + String(passed).padStart(9) + String(failed).padStart(9),
      )
    const sum = (key) => rows.reduce((total, row) => total + row[key], 0)
    return { passed: sum('passed'), failed: sum('failed') }
  }

  return { check, count, fail, finish, failed }
}

/** A file that could not even be loaded has no tests in the report, yet counts as one failure. */
export function readReport(path) {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(path, 'utf8'))
    const broken = testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
    )
    return { passed: numPassedTests, failed: numFailedTests + broken.length }
  } catch {
    return { passed: 0, failed: 0 }
  }
}
