/** The native build of the core: a child process that does slices on command (native.c). */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { activations } from '../../../web/engine/names.js';
import { unitsOfProof, updatesOfUnit } from '../task.js';

/**
 * @param {string} program
 * @param {import('../task.js').Task} task
 * @returns {import('../task.js').Worker}
 */
export function openNative(program, task) {
  const { does, m, hidden, activation, batchSize, shuffle, losses } = task;
  const words = [does, hidden, activations.indexOf(activation), m, batchSize, +shuffle, updatesOfUnit(task), +losses];
  const child = spawn(program, words.map(String), { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  /**
   * @param {string} command
   * @param {number} count
   * @returns {Promise<number[]>}
   */
  const ask = async (command, count) => {
    child.stdin.write(`${command} ${count}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error(`${program} ended before it answered "${command} ${count}"`);
    return value.trim().split(' ').map(Number);
  };
  return {
    work: 1,
    slice: async (count) => (await ask('slice', count))[0],
    prove: () => ask('prove', does === 'paint' ? 1 : unitsOfProof(task)),
    free: () => {
      child.stdin.end();
    },
  };
}
