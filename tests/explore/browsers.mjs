// Three browsers behind one small interface: open a file, evaluate an expression in the page, close.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';

const sleep = ms => new Promise(done => setTimeout(done, ms));

// What is noted from the first moment of the page on: when its answer changed, and what it was refused.
const NOTES = `(() => {
  window.noted = { counts: [], errors: [] };
  addEventListener('error', e => noted.errors.push(String(e.message)));
  addEventListener('unhandledrejection', e => noted.errors.push(String(e.reason)));
  addEventListener('securitypolicyviolation', e => noted.errors.push('policy: ' + e.violatedDirective + ' ' + e.blockedURI));
  const look = () => {
    const at = document.getElementById('count'), figure = document.querySelector('.figure b');
    const text = at && figure && /\\d/.test(figure.textContent) ? at.textContent : '';
    if (text && noted.counts.at(-1)?.[1] !== text) noted.counts.push([performance.now(), text]);
    requestAnimationFrame(look);
  };
  look();
})()`;

async function throughPuppeteer(browser, executablePath) {
  const args = browser === 'chrome' ? ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--host-resolver-rules=MAP * ~NOTFOUND', '--disable-component-update', '--disable-sync'] : [];
  const driver = await puppeteer.launch({ browser, executablePath, headless: true, args });
  return {
    driver,
    async open(address, { width = 1280, height = 800, features = [], ...options } = {}) {
      const page = await driver.newPage(), complaints = [], requests = [];
      await page.setViewport({ width, height });
      if (features.length) await page.emulateMediaFeatures(features);
      page.on('console', m => complaints.push(`${m.type()}: ${m.text()}`));
      page.on('pageerror', e => complaints.push(e.message));
      page.on('request', r => { if (!/^(file|data|blob):/.test(r.url())) requests.push(r.url()); });
      await page.evaluateOnNewDocument(NOTES);
      if (options.before) await page.evaluateOnNewDocument(options.before);
      await page.goto(address);
      return { page, complaints, requests, evaluate: expression => page.evaluate(expression), close: () => page.close() };
    },
    close: () => driver.close(),
  };
}

// WebKitGTK: plain WebDriver.
async function throughWebDriver(command) {
  const port = 20000 + process.pid % 20000, display = `:${90 + process.pid % 900}`;
  const helpers = process.env.DISPLAY ? [] : [spawn('Xvfb', [display, '-screen', '0', '1400x1000x24'], { stdio: 'ignore' })];
  if (helpers.length) await sleep(800);
  helpers.push(spawn(command, [`--port=${port}`], { stdio: 'ignore', env: { ...process.env, DISPLAY: process.env.DISPLAY ?? display, WEBKIT_DISABLE_COMPOSITING_MODE: '1' } }));
  const stop = () => helpers.forEach(helper => helper.kill());
  const ask = async (method, path, body) => {
    const answer = await (await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) })).json();
    if (answer.value?.error) throw new Error(`${answer.value.error}: ${answer.value.message}`);
    return answer.value;
  };
  const libraries = '/usr/lib/x86_64-linux-gnu', folder = existsSync(libraries) ? readdirSync(libraries).filter(n => /^webkit2gtk-4/.test(n)).sort().at(-1) : null;
  const binary = folder && join(libraries, folder, 'MiniBrowser');
  try {
    for (let n = 0; ; n += 1) { try { await ask('GET', '/status'); break; } catch (error) { if (n > 40) throw error; await sleep(250); } }
    const { sessionId } = await ask('POST', '/session', { capabilities: { alwaysMatch: { browserName: 'MiniBrowser', ...(binary && existsSync(binary) ? { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } } : {}) } } });
    const at = `/session/${sessionId}`;
    // A busy machine takes its time; what waits has a limit of its own.
    await ask('POST', `${at}/timeouts`, { script: 300000, pageLoad: 120000 });
    return {
      async open(address, { width = 1280, height = 800 } = {}) {
        await ask('POST', `${at}/window/rect`, { width, height });
        await ask('POST', `${at}/url`, { url: address });
        await ask('POST', `${at}/execute/sync`, { script: NOTES, args: [] });
        return {
          complaints: [], requests: [],
          evaluate: async expression => {
            const script = `const give = arguments[arguments.length - 1]; Promise.resolve().then(() => (${expression})).then(value => give({ value }), error => give({ error: String(error && error.stack || error) }));`;
            const answer = await ask('POST', `${at}/execute/async`, { script, args: [] });
            if (answer.error) throw new Error(answer.error);
            return answer.value;
          },
          close: async () => { await ask('POST', `${at}/url`, { url: 'about:blank' }); },
        };
      },
      close: async () => { try { await ask('DELETE', at); } finally { stop(); } },
    };
  } catch (error) { stop(); throw error; }
}

const found = (...paths) => paths.find(existsSync);
export const BROWSERS = {
  chromium: () => throughPuppeteer('chrome', found('/usr/bin/chromium', '/usr/bin/chromium-browser')),
  firefox: () => throughPuppeteer('firefox', found('/usr/bin/firefox-esr', '/usr/bin/firefox')),
  webkit: () => throughWebDriver(found('/usr/bin/WebKitWebDriver')),
};
export { sleep };
export const scratch = () => {
  const folder = mkdtempSync(join(tmpdir(), 'yangjae-explore-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
