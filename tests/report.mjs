// Reads the reports that the test projects leave (CTRF, https://ctrf.io): a line for each project, and the closing line.
// A project that ended badly without a failed test, or left no report, counts as one failure: a crash is never a pass.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const colours = process.stdout.isTTY
const paint = (code, text) => (colours ? `\x1b[${code}m${text}\x1b[0m` : text)
const indented = text => text.trimEnd().split('\n').map(line => `      ${line}`).join('\n')

function read(folder, name) {
  const file = extension => join(folder, name + extension)
  const exit = existsSync(file('.exit')) ? readFileSync(file('.exit'), 'utf8').trim() : 'none'
  const output = existsSync(file('.txt')) ? readFileSync(file('.txt'), 'utf8') : ''
  const crash = why => ({ passed: 0, failed: 1, skipped: 0, failures: [{ name: `${name} ${why}`, message: output.slice(-4000) }] })
  if (!existsSync(file('.json'))) {
    return crash(`left no report (exit code ${exit})`)
  }

  const { summary, tests } = JSON.parse(readFileSync(file('.json'), 'utf8')).results
  const counted = {
    passed: summary.passed,
    failed: summary.tests - summary.passed - summary.skipped - summary.pending,
    skipped: summary.skipped + summary.pending,
    failures: tests.filter(test => !['passed', 'skipped', 'pending'].includes(test.status)),
  }
  if (exit === '0' || counted.failed > 0) {
    return counted
  }

  const crashed = crash(`ended with exit code ${exit}, though no test failed`)
  return { ...counted, failed: crashed.failed, failures: crashed.failures }
}

function project(folder, name, seconds) {
  const { passed, failed, skipped, failures } = read(folder, name)
  const output = readFileSync(join(folder, name + '.txt'), 'utf8')
  const remarks = output.split('\n').filter(line => line.startsWith('crash points, ') || line.startsWith('replayed, ')).sort().map(line => `    ${paint(2, line)}`)
  const mark = failed > 0 ? paint(31, '✗') : passed > 0 ? paint(32, '✓') : paint(2, '-')
  const counts = [`${passed} passed`, failed > 0 && `${failed} failed`, skipped > 0 && `${skipped} skipped`].filter(Boolean).join(', ')
  const told = failures.map(({ name, message, trace }) => `    ${paint(31, name)}\n${indented([message, trace].filter(Boolean).join('\n'))}\n`)
  process.stdout.write([`  ${mark} ${name.padEnd(32)} ${counts} ${paint(2, `${seconds} s`)}`, ...remarks, ...told].join('\n') + '\n')
}

function total(folder, only, names) {
  // What ./test does beside the tests leaves a file for each thing that broke.
  const sum = { passed: 0, failed: readdirSync(folder).filter(file => file.endsWith('.broken')).length, skipped: 0 }
  for (const name of names) {
    const counted = read(folder, name)
    for (const key of Object.keys(sum)) {
      sum[key] += counted[key]
    }
  }

  const ran = sum.passed + sum.failed
  if (ran === 0) {
    console.log(only ? `No test's full name contains '${only}'.` : 'No test ran.')
  }

  console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`)
  process.exitCode = sum.failed > 0 || ran === 0 ? 1 : 0
}

const [mode, folder, ...rest] = process.argv.slice(2)
if (mode === 'project') {
  project(folder, ...rest)
} else {
  const [only, ...names] = rest
  total(folder, only, names)
}
