// node speed.mjs URL: prints how fast the page is; asserts nothing about time.
import { check, open, tab, wrong } from './browser.mjs';

const NODES = 5_000;
const EDGES = 10_000;
const COLUMNS = 50;

/** A picture larger than any that the server would draw at once. */
function large() {
  const nodes = Array.from({ length: NODES }, (_, i) => ({
    id: `node ${i}`, kind: 'address', x: (i % COLUMNS) * 340, y: Math.floor(i / COLUMNS) * 72, column: i % COLUMNS, address: `node ${i}`,
    tx: null, payer: i === 0, payee: false, target: i % 997 === 0, reached: [], stops: [], arrivals: [], kept_inside: 0, hidden: 0, size: 1,
    coinjoin: null, labels: [], listings: [], verdict: null,
  }));
  const edges = Array.from({ length: EDGES }, (_, i) => {
    const from = (i * 7919) % NODES;
    const row = Math.floor(from / COLUMNS);
    const to = Math.min(NODES - 1, Math.min(row + (i % 5), NODES / COLUMNS - 1) * COLUMNS + (((from % COLUMNS) + 1) % COLUMNS));
    return {
      id: `edge ${i}`, from, to, kind: 'traced', whole: '100', shares: [String(1 + i * 1000)], range: ['1', '1'], transactions: 1,
      first: '2024-01-01T00:00:00Z', last: '2024-01-01T00:00:00Z', output_count: 0, outputs: [],
    };
  });
  const pin = { ledger: 'btc', height: 1, block_hash: '00', time: '2024-01-01T00:00:00Z' };
  return {
    as_of: [pin], known_at: null, lists: [], coverage: [], engine: '', result_id: '00',
    result: {
      ledger: 'btc', unit: { symbol: 'BTC', decimals: 8 }, from: [], to: [], direction: 'forward', level: 'address', across: 'hops',
      policies: ['fifo'], payouts: 1, sums: [], node_size: [200, 52], column_step: 340, columns: [], nodes, edges,
      left_out: { nodes: 0, edges: 0 }, not_opened: [],
    },
  };
}

const browser = await open();
const url = process.argv[2];
const page = await tab(browser, { viewport: { width: 1440, height: 900 } });
let sent = 0;
page.on('response', async (response) => {
  if (/\/(assets\/.*)?$/.test(new URL(response.url()).pathname)) sent += (await response.request().sizes()).responseBodySize;
});
await page.goto(url);
await page.waitForLoadState('networkidle');
const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1);
console.log(`first paint ${paint.toFixed(0)} ms, ${(sent / 1000).toFixed(1)} kB compressed`);

await page.route('**/v1/pictures', (route) => route.fulfill({ json: large() }));
await page.goto(`${url}#/picture?around=x`);
await page.getByRole('application').waitFor();
await page.waitForTimeout(500);
const canvas = page.locator('canvas');
check((await page.getByRole('application').getAttribute('aria-label')).includes('5000 nodes, 10000 edges'), 'the large picture');

/** Frame times while the picture is moved about. */
async function moved(what, move) {
  await page.evaluate(() => {
    performance.clearMeasures();
    window.frames_ = [];
    let last = performance.now();
    const tick = (now) => {
      window.frames_.push(now - last);
      last = now;
      window.ticking_ = requestAnimationFrame(tick);
    };
    window.ticking_ = requestAnimationFrame(tick);
  });
  await move();
  const [frames, paints] = await page.evaluate(() => {
    cancelAnimationFrame(window.ticking_);
    return [window.frames_, performance.getEntriesByName('wagetrail-paint').map((each) => each.duration)];
  });
  const at = (all, part) => all.sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * part))] ?? NaN;
  console.log(
    `${what}: ${frames.length} frames, p50 ${at(frames, 0.5).toFixed(1)} ms, p95 ${at(frames, 0.95).toFixed(1)} ms; ` +
      `painting p50 ${at(paints, 0.5).toFixed(1)} ms, p95 ${at(paints, 0.95).toFixed(1)} ms`,
  );
}
const drag = async () => {
  const box = await canvas.boundingBox();
  await page.mouse.move(box.x + 700, box.y + 300);
  await page.mouse.down();
  for (let i = 0; i < 90; ++i) await page.mouse.move(box.x + 700 - 4 * i, box.y + 300 + 2 * i);
  await page.mouse.up();
};
await moved('pan, all in sight', drag);
await moved('zoom', async () => {
  for (let i = 0; i < 60; ++i) await page.mouse.wheel(0, -60);
});
await moved('pan, near', drag);
await browser.close();
if (wrong.length) {
  console.error([...new Set(wrong)].join('\n'));
  process.exit(1);
}
