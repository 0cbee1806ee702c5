/** Marks a run: replays its link from the beginning, by the task's terms where there is a task. */
import { checkNumber, checkObject, checkSignal } from './arguments.js';
import { loadCore } from './core.js';
import { nextTask } from './next-task.js';
import { openLog } from './open-session.js';
import { readCheckpoint } from './session/checkpoint.js';
import { meetsGoal, parseGoal } from './session/goal.js';
import { createHead } from './session/log.js';
import { Player } from './session/player.js';
import { holdAgainst } from './session/task.js';

/** @typedef {import('./core.js').Core} Core */
/** @typedef {import('./open-session.js').SessionSource} SessionSource */
/** @typedef {import('./session/draft.js').Opened} Opened */
/** @typedef {import('./session/task.js').Difference} Difference */

/**
 * @typedef {object} Verdict
 * @property {string} hash of the state that the replay ends in, as Network.hash gives it
 * @property {number} step at which it ends
 * @property {number} loss J of the training points there, NaN without points
 * @property {number} accuracy there
 * @property {{ text: string, met: boolean, step: number | null, trusted: boolean }} goal met: at some step that was
 *   looked at (every tenth, those of edits, the last); step: the first of them; trusted: the goal is the task's
 * @property {Difference[]} differences what the run has otherwise than the task, or cannot be believed; and what of
 *   the task itself could not be read
 * @property {boolean} exceeded the replay was ended by maxWork; then the rest is of the step that it came to
 */

/** A goal is looked for every so many steps. */
const goalStride = 10;

/** Work between two pauses, in the player's unit: about 8 ms. */
const sliceWork = 8e6;

/** Examples times units: about a nanosecond each, so some two minutes. */
const defaultMaxWork = 1e11;

/**
 * @param {SessionSource} source the run: a link, JSON, or options (then nothing is trained)
 * @param {{ task?: SessionSource, maxWork?: number, signal?: AbortSignal }} [options] task: the teacher's own link or
 *   options; its data, seed, goal and locked settings count. maxWork: examples × units, about nanoseconds
 * @returns {Promise<Verdict>}
 * @throws {TypeError | RangeError} for a source or option of the wrong kind; a malformed link does not throw
 * @throws {DOMException} AbortError
 */
export async function verify(source, options = {}) {
  checkObject('options', options, ['task', 'maxWork', 'signal']);
  const { task, maxWork = defaultMaxWork, signal } = options;
  checkNumber('maxWork', maxWork, 0, Infinity);
  checkSignal(signal);
  signal?.throwIfAborted();
  const core = await loadCore();
  const run = open(core, source);
  const terms = task === undefined ? null : open(core, task);
  const held =
    terms === null
      ? { log: run.log, differences: /** @type {Difference[]} */ ([]) }
      : holdAgainst(core, run.log, terms.log, run.happenings);
  const { log } = held;
  const differences = [
    ...run.warnings.map((message) => ({ name: nameOfWarning(message), message })),
    // A goal or a lock that was lost with a slip in the task must not let everybody pass.
    ...(terms?.warnings ?? []).filter(isAboutTerms).map((message) => ({ name: 'task', message: `task: ${message}` })),
    ...held.differences,
  ];
  const goal = parseGoal(log.head.goal);
  if (goal.problem !== '') {
    differences.push({ name: 'goal', message: `goal: "${goal.problem}" is not a condition that can be checked` });
  }
  const player = new Player(core, log.head);
  try {
    const { exceeded, metAt, stopped } = await replay(player, log, goal.conditions, { maxWork, signal });
    if (stopped !== '') differences.push({ name: 'step', message: stopped });
    if (!exceeded && stopped === '' && run.checkpoint !== null && held.differences.length === 0) {
      judgeCheckpoint(core, run, player, differences);
    }
    const { dataLoss: loss, accuracy } = player.evaluation;
    return {
      hash: `${core.arithmeticVersion}-${player.network.hash()}`,
      step: player.step,
      loss,
      accuracy,
      goal: { text: log.head.goal, met: metAt !== null, step: metAt, trusted: task !== undefined },
      differences,
      exceeded,
    };
  } finally {
    player.free();
  }
}

/**
 * @param {Core} core
 * @param {SessionSource} source
 * @returns {Opened}
 */
function open(core, source) {
  const opened = openLog(core, source);
  if (opened !== null) return opened;
  const head = createHead(/** @type {import('./open-session.js').SessionOptions} */ (source));
  return {
    log: { head, events: [], step: 0 },
    happenings: [],
    at: 0,
    arithmetic: null,
    checkpoint: null,
    warnings: [],
  };
}

/**
 * @param {Player} player
 * @param {import('./session/log.js').Log} log
 * @param {import('./session/goal.js').Condition[]} conditions
 * @param {{ maxWork: number, signal: AbortSignal | undefined }} bounds
 * @returns {Promise<{ exceeded: boolean, metAt: number | null, stopped: string }>} stopped: why the log cannot be
 *   followed to its end, or ''
 */
async function replay(player, { events, step: end }, conditions, { maxWork, signal }) {
  let rested = player.work;
  const rest = async () => {
    rested = player.work;
    await nextTask();
    signal?.throwIfAborted();
  };
  /** @type {number | null} */
  let metAt = null;
  for (;;) {
    for (; player.index < events.length && events[player.index].step <= player.step; player.index++) {
      player.apply(events[player.index]);
      if (player.work > maxWork) return { exceeded: true, metAt, stopped: '' };
      if (player.work - rested >= sliceWork) await rest();
    }
    if (metAt === null && meetsGoal(conditions, player)) metAt = player.step;
    if (player.step >= end) return { exceeded: false, metAt, stopped: '' };
    const next = Math.min(end, events[player.index]?.step ?? end);
    // While a goal is looked for in short stretches; each ends with an evaluation, about a third of a step's work.
    const searching = conditions.length > 0 && metAt === null;
    const { stepWork } = player;
    const stretch = searching ? goalStride - (player.step % goalStride) : Math.ceil(sliceWork / stepWork);
    const affordable = Math.floor((maxWork - player.work) / stepWork);
    const steps = Math.min(next - player.step, stretch, affordable, maxStretch);
    if (steps < 1) return { exceeded: true, metAt, stopped: '' };
    const result = player.advance(steps);
    if (result.status !== 'ok') {
      const why = result.status === 'diverged' ? `${result.parameter} is not finite` : 'there are no points';
      return { exceeded: false, metAt, stopped: `step: the run says ${end}; at ${player.step} it stops: ${why}` };
    }
    if (player.work - rested >= sliceWork) await rest();
  }
}

/** Losses of so many steps at a time pass through memory. */
const maxStretch = 4096;

/**
 * @param {Core} core
 * @param {Opened} run
 * @param {Player} player at the end of the run's replay
 * @param {Difference[]} differences
 */
function judgeCheckpoint(core, run, player, differences) {
  const claimed = new Player(core, run.log.head);
  try {
    claimed.jump(run.log.events, run.log.step);
    readCheckpoint(claimed, /** @type {string} */ (run.checkpoint));
    if (claimed.network.hash() !== player.network.hash()) {
      differences.push({ name: 'checkpoint', message: 'checkpoint: the replay does not agree with it' });
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    differences.push({ name: 'checkpoint', message: error.message });
  } finally {
    claimed.free();
  }
}

/** Of an older release's task the terms are as good as ever. @param {string} message */
const isAboutTerms = (message) => !message.startsWith('arithmetic');

/** The part of a link that a warning is about. @param {string} message */
const nameOfWarning = (message) => (message.startsWith('arithmetic') ? 'arithmetic' : 'link');
