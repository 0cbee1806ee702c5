/**
 * Chromium over its own protocol, Firefox over WebDriver BiDi: both by puppeteer-core.
 */
import { launch } from 'puppeteer-core';

const chromiumArguments = [
  // Inside a container, where tests run as root, Chromium has no sandbox of its own.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-dev-shm-usage', // a container's /dev/shm may be too small for it
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', // it asks nobody anything
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--force-color-profile=srgb',
];

/**
 * @param {'chromium' | 'firefox'} name
 * @param {string} program
 * @param {number} timeout ms
 * @returns {Promise<import('./browser.js').Browser>}
 */
export async function launchPuppeteer(name, program, timeout) {
  const isChromium = name === 'chromium';
  const browser = await launch({
    browser: isChromium ? 'chrome' : 'firefox',
    executablePath: program,
    args: isChromium ? chromiumArguments : [],
    pipe: isChromium,
    headless: true,
    timeout,
    protocolTimeout: timeout,
  });
  /** @type {import('./browser.js').Message[]} */
  let messages = [];

  async function openTab() {
    const tab = await browser.newPage();
    tab.on('console', (message) => {
      const type = message.type();
      messages.push({ type: type === 'error' ? 'error' : type === 'warn' ? 'warning' : 'log', text: message.text() });
    });
    tab.on('pageerror', (error) => {
      messages.push({ type: 'error', text: String(error) });
    });
    return tab;
  }

  let page = await openTab();

  /**
   * Waits for the event, too: a page that touches its history while it is left makes Firefox call the change done.
   *
   * @param {() => Promise<unknown>} change to another page
   */
  async function leave(change) {
    const loaded = new Promise((done) => page.once('load', done));
    await change();
    await loaded;
  }

  let fingers = 0;
  let wereTwo = false;
  /** @type {import('puppeteer-core').CDPSession | undefined} */
  let media;

  return {
    name,
    open: async (url) => {
      if (wereTwo) {
        // Two fingers on one page, and Chromium gives the next one in that tab clicks, but no touches.
        const [old, viewport] = [page, page.viewport()];
        page = await openTab();
        await page.setViewport(viewport);
        await old.close();
        media = undefined;
        fingers = 0;
        wereTwo = false;
      }
      messages = [];
      await leave(() => page.goto(url, { timeout }));
    },
    reload: () => leave(() => page.reload({ timeout })),
    evaluate: (fn, ...args) => /** @type {Promise<any>} */ (page.evaluate(fn, ...args)),
    evaluateIn: async (selector, fn, ...args) => {
      const element = await page.waitForSelector(selector, { timeout });
      const frame = await element?.contentFrame();
      if (!frame) throw new Error(`${selector} is no iframe`);
      return /** @type {any} */ (frame.evaluate(fn, ...args));
    },
    pointer: {
      move: (x, y) => page.mouse.move(x, y),
      down: () => page.mouse.down(),
      up: () => page.mouse.up(),
      click: (x, y) => page.mouse.click(x, y),
    },
    touch: isChromium
      ? {
          start: async (x, y) => {
            const finger = await page.touchscreen.touchStart(x, y);
            fingers += 1;
            wereTwo ||= fingers > 1;
            return {
              move: (left, top) => finger.move(left, top),
              end: () => {
                fingers -= 1;
                return finger.end();
              },
            };
          },
        }
      : undefined,
    keyboard: {
      down: (key) => page.keyboard.down(/** @type {import('puppeteer-core').KeyInput} */ (key)),
      up: (key) => page.keyboard.up(/** @type {import('puppeteer-core').KeyInput} */ (key)),
      press: (key) => page.keyboard.press(/** @type {import('puppeteer-core').KeyInput} */ (key)),
    },
    emulateMedia: isChromium
      ? async (features) => {
          // It lasts as long as the connection that asked for it.
          media ??= await page.createCDPSession();
          const list = Object.entries(features).map(([feature, value]) => ({ name: feature, value }));
          await media.send('Emulation.setEmulatedMedia', { features: list });
        }
      : undefined,
    setViewport: async (width, height, scale = 1, hasTouch = false) => {
      try {
        await page.setViewport({ width, height, deviceScaleFactor: scale, ...(isChromium ? { hasTouch } : {}) });
      } catch (error) {
        // Firefox 140 has no orientation to set. The size, sent along with it, arrives.
        if (!/setScreenOrientationOverride\): unknown command/.test(String(error))) throw error;
        const deadline = Date.now() + timeout;
        const isThere = () => page.evaluate((w, h) => innerWidth === w && innerHeight === h, width, height);
        while (!(await isThere())) {
          if (Date.now() > deadline)
            throw new Error(`the viewport does not become ${width} × ${height}`, { cause: error });
        }
      }
    },
    screenshot: async () => Buffer.from(await page.screenshot()),
    messages: async () => messages,
    close: () => browser.close(),
  };
}
