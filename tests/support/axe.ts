/** What axe says of a page. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** Each thing it finds wrong, as a line to read; all its rules are asked unless `options` says otherwise. */
export async function violations(page: Page, options: axe.RunOptions = {}): Promise<string[]> {
  // A page reads its half a megabyte once.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  // What is fine is a hundred times what is wrong: told of that too, it would look up a name for every element.
  const wanted: axe.RunOptions = { resultTypes: ['violations'], ...options }
  return page.evaluate(async (wanted) => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(wanted)
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  }, wanted)
}
