/**
 * The small part of a browser that the tests use, the same for every engine.
 *
 * @typedef {object} Message what the page wrote to the console, or threw without a catch
 * @property {'error' | 'warning' | 'log'} type
 * @property {string} text
 *
 * @typedef {object} Browser a browser with one page in it
 * @property {import('./engines.js').EngineName} name
 * @property {(url: string) => Promise<void>} open loads an address and waits for its load event; forgets the messages
 * @property {() => Promise<void>} reload as a person does it
 * @property {Evaluate} evaluate calls a function in the page, awaits it, and returns its JSON value
 * @property {EvaluateIn} evaluateIn the same in the iframe that a selector finds
 * @property {Pointer} pointer the mouse: real input events
 * @property {Touch | undefined} touch fingers; Chromium alone can be given them
 * @property {Keyboard} keyboard
 * @property {((features: Record<string, string>) => Promise<void>) | undefined} emulateMedia what media queries find, until
 *   it is told otherwise; Chromium alone
 * @property {(width: number, height: number, scale?: number, hasTouch?: boolean) => Promise<void>} setViewport in CSS
 *   pixels, with `scale` device pixels to each (WebKit keeps to 1), on a touch screen or not (Chromium alone)
 * @property {() => Promise<Buffer>} screenshot what the viewport shows, as a PNG
 * @property {() => Promise<Message[]>} messages since the page was opened. WebKit's console cannot be read from
 *   outside: there these are the messages after the load event, and before it where the page loads messages.js first
 * @property {() => Promise<void>} close ends the browser and all its processes
 *
 * @typedef {<Arguments extends any[], Result>(fn: (...args: Arguments) => Result, ...args: Arguments) =>
 *   Promise<Awaited<Result>>} Evaluate
 * @typedef {<Arguments extends any[], Result>(frame: string, fn: (...args: Arguments) => Result, ...args: Arguments) =>
 *   Promise<Awaited<Result>>} EvaluateIn
 *
 * @typedef {object} Pointer positions are in CSS pixels of the viewport
 * @property {(x: number, y: number) => Promise<void>} move
 * @property {() => Promise<void>} down
 * @property {() => Promise<void>} up
 * @property {(x: number, y: number) => Promise<void>} click
 *
 * @typedef {object} Touch
 * @property {(x: number, y: number) => Promise<Finger>} start
 *
 * @typedef {object} Finger
 * @property {(x: number, y: number) => Promise<void>} move
 * @property {() => Promise<void>} end
 *
 * @typedef {object} Keyboard keys by the names of KeyboardEvent.key
 * @property {(key: string) => Promise<void>} down
 * @property {(key: string) => Promise<void>} up
 * @property {(key: string) => Promise<void>} press
 */
import { engineNames, findEngine } from './engines.js';
import { launchPuppeteer } from './puppeteer.js';
import { launchWebKit } from './webkit.js';

/** Generous, as a first start on a busy machine may be slow; explicit, as a hanging one must end. */
export const startTimeout = 60_000;

/**
 * @param {import('./engines.js').EngineName} name
 * @returns {Promise<Browser>}
 * @throws {Error} when the engine is not installed, with the line that installs it, or does not start in time
 */
export async function launch(name) {
  if (!engineNames.includes(name)) throw new RangeError(`no engine is called ${name}`);
  const { programs, missing } = findEngine(name);
  if (missing !== undefined) throw new Error(missing);
  return name === 'webkit' ? launchWebKit(programs, startTimeout) : launchPuppeteer(name, programs[0], startTimeout);
}
