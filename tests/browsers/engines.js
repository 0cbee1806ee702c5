/**
 * The three browser engines that the tests drive: which programs, found on PATH and nowhere else.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @typedef {'chromium' | 'firefox' | 'webkit'} EngineName */

/** @type {readonly EngineName[]} */
export const engineNames = ['chromium', 'firefox', 'webkit'];

/**
 * The programs each engine needs, each with the names it goes by; and the line that installs them.
 *
 * @type {Record<EngineName, { programs: string[][], install: { debian: string, mac: string } }>}
 */
const needs = {
  chromium: {
    programs: [
      [
        'chromium',
        'chromium-browser',
        'google-chrome',
        '/Applications/Chromium.app/Contents/MacOS/Chromium',
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      ],
    ],
    install: { debian: 'apt-get install --no-install-recommends chromium', mac: 'brew install --cask chromium' },
  },
  firefox: {
    programs: [['firefox-esr', 'firefox', '/Applications/Firefox.app/Contents/MacOS/firefox']],
    install: { debian: 'apt-get install --no-install-recommends firefox-esr', mac: 'brew install --cask firefox' },
  },
  webkit: {
    programs: [['WebKitWebDriver'], ['Xvfb']],
    install: {
      debian: 'apt-get install --no-install-recommends webkit2gtk-driver xvfb',
      mac: 'WebKitGTK runs on Linux only',
    },
  },
};

/**
 * @param {string} program a name, or an absolute path
 * @returns {string | undefined} where it is
 */
function find(program) {
  const folders = program.startsWith('/') ? ['/'] : (process.env.PATH ?? '').split(delimiter);
  return folders
    .map((folder) => join(folder, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false; // not in this folder
      }
    });
}

/**
 * @param {EngineName} name
 * @returns {{ programs: string[], missing?: string }} the path of each program; or what is missing, and how to get it
 */
export function findEngine(name) {
  const { programs, install } = needs[name];
  const found = programs.map((names) => names.map(find).find((path) => path !== undefined));
  const lacking = programs.filter((_, i) => found[i] === undefined).map(([first]) => first);
  if (lacking.length === 0) return { programs: /** @type {string[]} */ (found) };
  return {
    programs: [],
    missing: `${name} needs ${lacking.join(', ')}: ${process.platform === 'darwin' ? install.mac : install.debian}`,
  };
}
