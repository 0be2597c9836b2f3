// node story.mjs FACTS.json: the explorer as an analyst uses it.
import { readFileSync } from 'node:fs';
import { audit, check, noSidewaysScroll, open, tab, wrong } from './browser.mjs';

const facts = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const shots = facts.shots;
const browser = await open();

async function settled(page) {
  await page.waitForFunction(() => !document.querySelector('.busy'));
  await page.waitForLoadState('networkidle');
}
const shot = (page, name) => page.screenshot({ path: `${shots}/${name}.png` });

async function download(page, button) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button, exact: true }).click()]);
  return readFileSync(await file.path());
}

async function look(page, text) {
  await page.getByRole('searchbox').fill(text);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Follow what it paid' }).waitFor();
  await settled(page);
}

/** Search an employer, trace, open the evidence of an edge, explain an entity. */
async function trace(page, name) {
  await page.goto(facts.url);
  await page.getByText(/block 300 of/).waitFor();
  await page.getByText(/published 2023-/).waitFor();
  await audit(page, `${name}, start`);
  await noSidewaysScroll(page, `${name}, start`);
  await shot(page, `${name}-start`);
  await look(page, facts.wallet);
  await page.getByRole('button', { name: 'Follow what it paid' }).click();
  await page.locator('.facts').getByText(/reached [1-9]/).waitFor();
  await settled(page);
  await page.waitForTimeout(200);
  await shot(page, `${name}-trace`);
  await audit(page, `${name}, picture`);
  await noSidewaysScroll(page, `${name}, picture`);
  const link = page.url();
  check(link.includes('#/picture?from='), `the address has no link: ${link}`);

  await page.getByRole('button', { name: 'Tables' }).click();
  await page.getByRole('heading', { name: 'Who paid whom' }).waitFor();
  await audit(page, `${name}, tables`);
  await page.getByRole('button', { name: 'Transactions behind it' }).first().click();
  const details = page.getByRole('complementary', { name: 'Details' });
  await details.getByText('Every output behind it').waitFor();
  const whole = await details.locator('table tbody tr').first().innerText();
  check(/fifo\s+[\d.,]+ LTC/.test(whole), `no share of the edge: ${whole}`);
  await audit(page, `${name}, edge`);
  await shot(page, `${name}-edge`);

  const party = page.locator('td button', { hasText: 'SIMULATED PARTY' }).first();
  await party.click();
  await details.getByText('On a list').waitFor();
  await details.getByText('Verdicts of what arrived').waitFor();
  await details.getByRole('button', { name: 'Show the best five' }).click();
  await details.getByRole('button', { name: /LTC, \d+ hops?, 2023/ }).first().waitFor();
  await details.getByRole('button', { name: 'Who is at the other ends?' }).click();
  await details.getByText('Came from').waitFor();
  await audit(page, `${name}, node`);
  await shot(page, `${name}-node`);
  await page.getByRole('button', { name: 'Close details' }).click();

  // An entity of several addresses says which merges made it.
  await look(page, facts.member);
  await details.getByText(/^Why these \d+ addresses are one entity/).waitFor();
  const why = details.getByRole('button', { name: 'why?' });
  await why.nth(1).click();
  await details.getByText(/spent together|one key behind both/).first().waitFor();
  await page.getByRole('button', { name: 'Tables' }).click();
  await page.waitForTimeout(150);
  await shot(page, `${name}-why`);
}

/** Keys, expanding, undo and redo, levels, time, filters. */
async function work(page) {
  await page.goto(`${facts.url}#/picture?from=${facts.wallet}&to=list:ofac-sdn`);
  await page.locator('.facts').getByText(/reached [1-9]/).waitFor();
  await settled(page);
  const picture = page.getByRole('application');
  const nodes = async () => Number(/(\d+) nodes/.exec(await picture.getAttribute('aria-label'))[1]);
  await picture.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  const details = page.getByRole('complementary', { name: 'Details' });
  await details.waitFor();
  const chosen = await details.locator('h2').first().innerText();
  const before = await nodes();
  await picture.focus();
  await page.keyboard.press('e');
  await settled(page);
  await page.waitForTimeout(100);
  const after = await nodes();
  check(after > before, `opening ${chosen} drew nothing: ${before}, ${after}`);
  await picture.focus();
  await page.keyboard.press('z');
  await settled(page);
  check((await nodes()) === before, 'undo');
  await page.keyboard.press('y');
  await settled(page);
  check((await nodes()) === after, 'redo');
  for (const level of ['Addresses', 'Transactions', 'Entities']) {
    await page.getByRole('button', { name: level, exact: true }).click();
    await settled(page);
    check((await nodes()) > 5, level);
  }
  await page.getByRole('button', { name: 'Time', exact: true }).click();
  await settled(page);
  await page.waitForTimeout(150);
  await shot(page, 'dark-1440-time');
  const edges = async () => Number(/(\d+) edges/.exec(await picture.getAttribute('aria-label'))[1]);
  const all = await edges();
  await page.getByRole('button', { name: /^Filters/ }).click();
  await audit(page, 'filters');
  await page.getByLabel('At least').fill('1000000');
  check((await edges()) === 0, 'a filter of value hides');
  await page.getByRole('button', { name: 'Show all' }).click();
  check((await edges()) === all, 'and shows again');
  await page.getByLabel('Edges', { exact: true }).selectOption('reached');
  check((await edges()) < all && (await edges()) > 0, 'what reached a target');
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByRole('button', { name: /^Method/ }).click();
  await audit(page, 'method');
  await page.getByLabel('lifo').check();
  await settled(page);
  await page.getByLabel('Amounts by').selectOption('lifo');
  await page.getByLabel('As of').fill('250');
  await page.getByLabel('As of').blur();
  await page.locator('.facts').getByText('block 250 of').waitFor();
  await page.getByLabel('As of').fill('nonsense');
  await page.getByLabel('As of').blur();
  await page.getByRole('alert').getByText(/nonsense/).waitFor();
  await audit(page, 'error');
  await page.getByRole('button', { name: 'Back to what was there' }).click();
  await page.locator('.facts').getByText('block 250 of').waitFor();
  await page.getByRole('button', { name: 'Signs and keys' }).click();
  await audit(page, 'help');
  await page.keyboard.press('Escape');
}

/** The browser's way back leads to the question before, and to the start. */
async function wayBack(page) {
  await page.goto(facts.url);
  await page.getByText(/block 300 of/).waitFor();
  await look(page, facts.wallet);
  await page.getByRole('button', { name: 'Follow what it paid' }).click();
  await page.locator('.facts').getByText(/reached [1-9]/).waitFor();
  await settled(page);
  await page.goBack();
  await page.waitForFunction(() => location.hash.includes('around='));
  await settled(page);
  check((await page.locator('.facts').getByText(/reached/).count()) === 0, 'the picture before is no trace');
  await page.goBack();
  await page.getByRole('heading', { name: 'Where did the money go?' }).waitFor();
  await page.goForward();
  await page.locator('.facts').waitFor();
}

/** A link holds everything that was asked, and says when it was made of other blocks or lists. */
async function links(page) {
  const link =
    `#/picture?from=${facts.wallet}&to=list%3Aofac-sdn&ledger=ltc-regtest&as_of=280&min_value=0.001&max_hops=6` +
    `&policies=lifo%2Chaircut&show=address&across=time&level=L0&through_coinjoins=1&open=contacts+in+4+${facts.wallet}`;
  await page.goto('about:blank');
  await page.goto(facts.url + link);
  await page.locator('.facts').getByText('block 280 of').waitFor();
  await settled(page);
  check(new URL(page.url()).hash === link, `the link became ${page.url()}`);
  check((await page.getByRole('alert').count()) === 0, 'a link without pins says nothing of them');
  for (const [pins, words] of [['block=00&lists=', 'reorganised'], [`block=${facts.block280}&lists=0123`, 'other editions']]) {
    await page.goto('about:blank');
    await page.goto(`${facts.url}${link}&${pins}`);
    await page.getByRole('alert').getByText(words).waitFor();
  }
}

/** A server that wants a key gets one from whoever has it; a read-only one keeps no cases. */
async function guarded() {
  const page = await tab(browser, { viewport: { width: 1440, height: 900 } }, ['status of 401', 'status of 404']);
  await page.goto(facts.guarded);
  await page.getByLabel('Key', { exact: true }).fill('wtk_wrong');
  await page.getByRole('button', { name: 'Use it in this tab' }).click();
  await page.getByRole('alert').waitFor();
  await audit(page, 'key');
  await page.getByLabel('Key', { exact: true }).fill(facts.key);
  await page.getByRole('button', { name: 'Use it in this tab' }).click();
  await page.getByText(/block 300 of/).waitFor();
  await look(page, facts.wallet);
  await page.context().close();
}

async function payouts(page) {
  await page.goto(facts.url);
  await page.getByText(/block 300 of/).waitFor();
  await page.locator('#payouts').setInputFiles(facts.payouts);
  await page.getByText(/of \d+ payouts reached a listed party/).waitFor();
  await audit(page, 'payouts');
  await noSidewaysScroll(page, 'payouts');
  await shot(page, 'dark-1440-payouts');
  await page.getByRole('button', { name: /^Path of/ }).first().click();
  await page.locator('.facts').getByText('1 payout,').waitFor();
  await settled(page);
  await page.waitForTimeout(150);
  await shot(page, 'dark-1440-path');
}

/** Saved, left, and opened again: the same picture, the note, and the block it stood on. */
async function cases(page) {
  const details = page.getByRole('complementary', { name: 'Details' });
  await page.getByRole('application').focus();
  await page.keyboard.press('ArrowDown');
  await details.getByLabel('Note').fill('the <b>foreman</b>');
  await details.getByLabel('Note').blur();
  await page.getByRole('button', { name: 'Cases', exact: true }).click();
  await page.getByLabel('Title').fill('Northwind <i>March</i>');
  await page.getByLabel('What this is about').fill('One salary');
  await page.getByRole('button', { name: 'Bookmark this view' }).click();
  await page.getByRole('button', { name: 'Save as a case' }).click();
  await page.getByText(/^Saved at/).waitFor();
  await audit(page, 'cases');
  await page.keyboard.press('Escape');
  const link = page.url();
  check(/#\/case\/[0-9a-f]{32}$/.test(link), link);
  const sums = () => page.locator('.facts > span').allInnerTexts();
  const before = (await sums()).join('\n');
  await page.goto('about:blank');
  await page.goto(link);
  await page.locator('.facts').getByText('1 payout,').waitFor();
  await settled(page);
  const after = (await sums()).join('\n');
  check(after === before, `the case shows other figures:\n${before}\n--\n${after}`);
  await page.getByRole('application').focus();
  await page.keyboard.press('ArrowDown');
  check((await details.getByLabel('Note').inputValue()) === 'the <b>foreman</b>', 'the note');
  await page.getByRole('button', { name: /Northwind <i>March/ }).waitFor();
}

async function exported(page) {
  await page.getByRole('button', { name: 'Export' }).click();
  await audit(page, 'export');
  const png = await download(page, 'PNG');
  check(png.subarray(1, 4).toString() === 'PNG' && png.length > 5000, 'PNG');
  const svg = (await download(page, 'SVG')).toString();
  check(svg.startsWith('<svg') && svg.includes('SIMULATED PARTY') && svg.includes('block 300'), 'SVG');
  const csv = (await download(page, 'CSV')).toString();
  check(csv.split('\n').length > 3, 'CSV');
  const graphml = (await download(page, 'GraphML')).toString();
  check(graphml.includes('<graphml'), 'GraphML');
  const bundle = JSON.parse((await download(page, 'Evidence bundle')).toString());
  check(bundle.result_id?.length === 64, 'evidence bundle');
  await page.keyboard.press('Escape');
}

/** What others wrote is shown as they wrote it, and does nothing. */
async function hostile(page) {
  await page.goto(`${facts.url}#/picture?around=${facts.hostile}`);
  await settled(page);
  await page.getByRole('application').focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('complementary').getByText(facts.hostileLabel).first().waitFor();
  check((await page.locator('img').count()) === 0, 'a label became markup');
  await page.goto(`${facts.url}#/picture?from=%3Cscript%3Ealert(1)%3C/script%3E`);
  await page.getByRole('alert').getByText(/<script>/).first().waitFor();
  await page.getByRole('button', { name: 'Start page', exact: true }).click();
  await page.getByRole('searchbox').fill('<img src=x onerror=alert(1)>');
  await page.keyboard.press('Enter');
  await page.getByText('That is not the same as clean').waitFor();
}

async function narrow(scheme) {
  const page = await tab(browser, { viewport: { width: 390, height: 844 }, colorScheme: scheme, hasTouch: true });
  await trace(page, `${scheme}-390`);
  await page.context().close();
}

for (const scheme of ['dark', 'light']) {
  const page = await tab(browser, { viewport: { width: 1440, height: 900 }, colorScheme: scheme });
  await trace(page, `${scheme}-1440`);
  await page.context().close();
  await narrow(scheme);
}
const page = await tab(browser, { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' }, ['status of 400']);
await work(page);
await wayBack(page);
await links(page);
await guarded();
await payouts(page);
await cases(page);
await exported(page);
await hostile(page);
await page.setViewportSize({ width: 2560, height: 1300 });
await page.goto(`${facts.url}#/picture?from=${facts.wallet}&to=list:ofac-sdn`);
await page.locator('.facts').getByText(/reached [1-9]/).waitFor();
await settled(page);
await noSidewaysScroll(page, '2560');
await shot(page, 'dark-2560-trace');
await browser.close();
if (wrong.length) {
  console.error([...new Set(wrong)].join('\n'));
  process.exit(1);
}
