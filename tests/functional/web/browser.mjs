// A browser that tells on the page: its errors, what breaks its policy, what axe-core finds.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const wrong = [];

export function check(holds, what) {
  if (!holds) throw new Error(what);
}

export async function open() {
  const path = process.env.WAGETRAIL_CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath: path, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** A tab whose errors are gathered; expected: texts of errors that a test provokes. */
export async function tab(browser, options, expected = []) {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  const page = await context.newPage();
  const note = (text) => expected.some((part) => text.includes(part)) || wrong.push(text);
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && note(`console: ${message.text()}`));
  page.on('pageerror', (error) => note(`page: ${error.message}`));
  page.on('dialog', (dialog) => {
    note(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const host = new URL(request.url()).hostname;
    if (!['127.0.0.1', ''].includes(host)) note(`asked another host: ${request.url()}`);
  });
  return page;
}

/** What hinders people, as far as a program can see it. */
export async function audit(page, where) {
  // The policy of the page lets no script in; the debugger's world is not bound by it.
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: AXE });
  const { result } = await session.send('Runtime.evaluate', {
    expression: `axe.run(document, { resultTypes: ['violations'] }).then((found) => JSON.stringify(found.violations
      .filter((each) => ['serious', 'critical'].includes(each.impact))
      .map((each) => each.id + ': ' + each.nodes.slice(0, 3).map((node) => node.target.join(' ') + ' ' + node.failureSummary).join(' | '))))`,
    awaitPromise: true,
    returnByValue: true,
  });
  for (const each of JSON.parse(result.value)) wrong.push(`axe at ${where}: ${each}`);
}

export async function noSidewaysScroll(page, where) {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  check(content <= window, `${where}: the page is ${content} wide in a window of ${window}`);
}
