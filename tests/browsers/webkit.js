/**
 * WebKitGTK over plain WebDriver, by fetch, on a virtual screen.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';

const recordMessages = readFileSync(new URL('./messages.js', import.meta.url), 'utf8');

/** WebDriver's codes of the keys that are no characters. */
const keyCodes = new Map([
  ['Backspace', '\uE003'],
  ['Tab', '\uE004'],
  ['Enter', '\uE007'],
  ['Shift', '\uE008'],
  ['Control', '\uE009'],
  ['Alt', '\uE00A'],
  ['Escape', '\uE00C'],
  ['PageUp', '\uE00E'],
  ['PageDown', '\uE00F'],
  ['End', '\uE010'],
  ['Home', '\uE011'],
  ['ArrowLeft', '\uE012'],
  ['ArrowUp', '\uE013'],
  ['ArrowRight', '\uE014'],
  ['ArrowDown', '\uE015'],
  ['Delete', '\uE017'],
]);

/**
 * Waits, in the page, until the viewport has this size, or half a second.
 *
 * @param {number} width
 * @param {number} height
 */
async function takesViewport(width, height) {
  for (let waits = 0; waits < 25 && (innerWidth !== width || innerHeight !== height); waits++) {
    await new Promise((resume) => globalThis.setTimeout(resume, 20));
  }
  return { width: innerWidth, height: innerHeight };
}

/** @returns {Promise<number>} a port that nobody listens on */
function freePort() {
  return new Promise((done, fail) => {
    const server = createServer().on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => done(port));
    });
  });
}

/**
 * Keeps nothing waiting that has ended otherwise.
 *
 * @param {number} ms
 */
const atMost = (ms) => setTimeout(ms, undefined, { ref: false });

/**
 * Starts a process with a group of its own, so that all that it starts ends with it, also when the tests are
 * interrupted.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {{ output: () => string, end: () => Promise<void> }} output: what it has printed so far
 */
function startGroup(program, args, env = process.env) {
  const child = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      output += data;
    });
  }
  child.once('error', (error) => {
    output += error.message;
  });
  const ended = new Promise((done) => child.once('close', done));

  /** @param {NodeJS.Signals} signal */
  const kill = (signal) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch (error) {
      // The group has ended already.
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
    }
  };
  const killAtExit = () => kill('SIGKILL');
  const exitOnSignal = () => process.exit(130);
  process.once('exit', killAtExit);
  process.once('SIGINT', exitOnSignal);
  process.once('SIGTERM', exitOnSignal);

  return {
    output: () => output,
    end: async () => {
      kill('SIGTERM');
      await Promise.race([ended, atMost(5000)]);
      kill('SIGKILL');
      process.off('exit', killAtExit);
      process.off('SIGINT', exitOnSignal);
      process.off('SIGTERM', exitOnSignal);
    },
  };
}

/**
 * @param {string[]} programs WebKitWebDriver and Xvfb
 * @param {number} timeout ms
 * @returns {Promise<import('./browser.js').Browser>}
 */
export async function launchWebKit([driver, virtualScreen], timeout) {
  const deadline = Date.now() + timeout;
  // It chooses a free display and prints its number.
  const screen = startGroup(virtualScreen, ['-displayfd', '1', '-screen', '0', '1920x1600x24', '-nolisten', 'tcp']);
  const groups = [screen];
  const end = async () => {
    for (const group of groups.toReversed()) await group.end();
  };
  try {
    const display = () => screen.output().match(/^\d+$/m)?.[0];
    while (display() === undefined) {
      if (Date.now() > deadline) throw new Error('Xvfb does not start');
      await setTimeout(20);
    }
    const port = await freePort();
    const env = { ...process.env, DISPLAY: `:${display()}`, WAYLAND_DISPLAY: '' };
    groups.push(startGroup(driver, [`--port=${port}`, '--host=127.0.0.1'], env));
    return await openSession(`http://127.0.0.1:${port}`, end, timeout);
  } catch (error) {
    await end();
    const output = groups.map((group) => group.output()).join('\n');
    throw new Error(`WebKit did not start: ${error}\n${output}`, { cause: error });
  }
}

/**
 * @param {string} server
 * @param {() => Promise<void>} end
 * @param {number} timeout ms
 * @returns {Promise<import('./browser.js').Browser>}
 */
async function openSession(server, end, timeout) {
  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @returns {Promise<any>}
   */
  async function call(method, path, body) {
    const response = await fetch(server + path, {
      method,
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(timeout),
    });
    const { value } = /** @type {{ value: any }} */ (await response.json());
    if (!response.ok) throw new Error(`WebKitWebDriver: ${value.error}: ${value.message}`);
    return value;
  }

  const deadline = Date.now() + timeout;
  for (;;) {
    const ready = await call('GET', '/status').catch((error) => error);
    if (ready.ready) break;
    if (Date.now() > deadline) throw new Error('WebKitWebDriver does not answer', { cause: ready });
    await setTimeout(50);
  }
  const { sessionId } = await call('POST', '/session', {
    capabilities: { alwaysMatch: { timeouts: { script: timeout, pageLoad: timeout } } },
  });

  /**
   * @param {string} command
   * @param {object} [body]
   */
  const post = (command, body = {}) => call('POST', `/session/${sessionId}/${command}`, body);

  /** @type {import('./browser.js').Evaluate} */
  const evaluate = async (fn, ...args) => {
    const script = `const done = (result) => arguments[arguments.length - 1](globalThis.scriptResult = result);
      globalThis.scriptResult = undefined;
      (async () => (${fn})(...arguments[0]))().then(
        (value) => done({ value }),
        (error) => done({ error: String(error) + '\\n' + error?.stack }));`;
    const result = await post('execute/async', { script, args: [args] }).catch((error) => {
      // Once in some ten thousand times the driver loses a result on its way: then it is asked for again.
      if (!error.message.includes('Could not parse script result')) throw error;
      return post('execute/sync', {
        script: 'return globalThis.scriptResult ?? { error: "the result is lost" }',
        args: [],
      });
    });
    if (result.error !== undefined) throw new Error(result.error);
    return result.value;
  };

  /** @param {object[]} actions */
  const mouse = (...actions) =>
    post('actions', { actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }] });
  /**
   * @param {number} x
   * @param {number} y
   */
  const moveTo = (x, y) => ({
    type: 'pointerMove',
    origin: 'viewport',
    x: Math.round(x),
    y: Math.round(y),
    duration: 0,
  });
  const frame = { width: 0, height: 0 };

  const press = { type: 'pointerDown', button: 0 };
  const lift = { type: 'pointerUp', button: 0 };

  /**
   * @param {string} key
   * @param {...string} types
   */
  const keys = (key, ...types) =>
    post('actions', {
      actions: [{ type: 'key', id: 'keys', actions: types.map((type) => ({ type, value: keyCodes.get(key) ?? key })) }],
    });

  return {
    name: 'webkit',
    open: async (url) => {
      await post('url', { url });
      await post('execute/sync', { script: recordMessages, args: [] });
    },
    reload: async () => {
      await post('refresh');
      await post('execute/sync', { script: recordMessages, args: [] });
    },
    evaluate,
    evaluateIn: async (selector, fn, ...args) => {
      const frame = await post('element', { using: 'css selector', value: selector });
      await post('frame', { id: frame });
      try {
        return /** @type {any} */ (await evaluate(fn, ...args));
      } finally {
        await post('frame', { id: null });
      }
    },
    pointer: {
      move: (x, y) => mouse(moveTo(x, y)),
      down: () => mouse(press),
      up: () => mouse(lift),
      click: (x, y) => mouse(moveTo(x, y), press, lift),
    },
    touch: undefined,
    emulateMedia: undefined,
    keyboard: {
      down: (key) => keys(key, 'keyDown'),
      up: (key) => keys(key, 'keyUp'),
      press: (key) => keys(key, 'keyDown', 'keyUp'),
    },
    setViewport: async (width, height) => {
      // The window is larger than its viewport by a frame of unknown size, and takes its size a little later. Its
      // toolbar keeps it wider than a phone: what is narrower than that is as narrow as can be.
      let before = 0;
      for (let guesses = 0; guesses < 4; guesses++) {
        await post('window/rect', { width: width + frame.width, height: height + frame.height });
        const inner = await evaluate(takesViewport, width, height);
        const narrowest = inner.width > width && inner.width === before;
        if ((inner.width === width || narrowest) && inner.height === height) return;
        before = inner.width;
        frame.width += Math.max(0, width - inner.width);
        frame.height += height - inner.height;
      }
      throw new Error(`WebKit's viewport does not become ${width} × ${height}`);
    },
    screenshot: async () => Buffer.from(await call('GET', `/session/${sessionId}/screenshot`), 'base64'),
    messages: () => evaluate(() => /** @type {any} */ (globalThis).recordedMessages),
    close: async () => {
      // It may hang where the page does; the group is ended anyway.
      await Promise.race([call('DELETE', `/session/${sessionId}`).catch(() => undefined), atMost(5000)]);
      await end();
    },
  };
}
