#!/usr/bin/env node
// Fails when a package that the product runs on has a known fault of high or critical severity. Where the registry
// publishes no advisories it says that nothing was checked, and passes.
const { spawnSync } = require('node:child_process')

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8' })
const { metadata, vulnerabilities = {} } = JSON.parse(stdout || '{}')
if (metadata === undefined) {
  console.log('audit: the registry publishes no advisories here: nothing was checked')
} else {
  const { high = 0, critical = 0, total = 0 } = metadata.vulnerabilities
  console.log(`audit: ${total} known faults, ${high} high, ${critical} critical`)
  for (const { name, severity } of Object.values(vulnerabilities)) console.log(`  ${severity}: ${name}`)
  process.exitCode = high + critical > 0 ? 1 : 0
}
