// The pictures of the live page and of the top of the report in README.md.
//
//   node picture.mjs PAGE.html OUTPUT.png REPORT.html OUTPUT.png
import { resolve } from 'node:path';
import { BROWSERS } from './browsers.mjs';

const [page, output, report, outputOfReport] = process.argv.slice(2).map(path => resolve(path));
// The plan with its campus four years late.
const state = 'v=1&c=p:full-plan;s:campus.opening:2031-07-01&m=jobs&g=district&l=en';
const browser = await BROWSERS.chromium();
try {
  const tab = await browser.open(`file://${page}#${state}`, { width: 1280, height: 800 });
  await tab.page.waitForFunction(`/^128 /.test(document.getElementById('count').textContent) && document.getElementById('origin-difference').textContent !== ''`, { timeout: 240000 });
  await tab.page.screenshot({ path: output });
  const top = await browser.open(`file://${report}`, { width: 960, height: 1125 });
  await top.page.screenshot({ path: outputOfReport });
} finally { await browser.close(); }
