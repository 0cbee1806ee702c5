/** Opens the sides that live in a JavaScript realm: the same in Node and in a page. */
import { Core, loadCore } from '../../../web/engine/core.js';
import { openPainting, openTraining } from './core.js';
import { openLandscape, openRuns, openSingleRuns } from './many.js';
import { openPeak } from './peak.js';
import { openPlain } from './plain.js';
import { openFit, openOperations } from './tensorflow.js';

/** @typedef {'core' | 'scalar' | 'plain' | 'tuned' | 'peak' | 'tensorflow' | 'tensorflow-fit'} RealmSide */

/**
 * @typedef {object} Realm what differs from one realm to the next
 * @property {(name: string) => Promise<BufferSource>} read a file of the benchmark's own
 * @property {string} tensorflowFolder with a slash at its end
 */

/** What the core can be asked to do. */
const tasksOfCore = Object.freeze({
  train: openTraining,
  paint: openPainting,
  runs: openRuns,
  'single runs': openSingleRuns,
  landscape: openLandscape,
});

/**
 * @param {Realm} realm
 * @param {RealmSide} by
 * @param {import('../task.js').Task} task
 * @returns {Promise<import('../task.js').Worker>}
 */
export async function openSide(realm, by, task) {
  const core = await loadCore();
  switch (by) {
    case 'core':
      return tasksOfCore[task.does](core, task);
    case 'scalar': {
      const { instance } = await WebAssembly.instantiate(await realm.read('scalar.wasm'), {});
      return tasksOfCore[task.does](new Core(instance), task);
    }
    case 'plain':
      return openPlain(core, task);
    case 'tuned':
      return openPlain(core, task, true);
    case 'peak':
      return openPeak(await realm.read('peak.wasm'));
    case 'tensorflow':
      return openOperations(core, task, realm.tensorflowFolder);
    case 'tensorflow-fit':
      return openFit(core, task, realm.tensorflowFolder);
    default:
      throw new RangeError(`no side is called ${by}`);
  }
}
