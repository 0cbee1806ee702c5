/** two-layer serve: the playground on this machine. */
import { serveUntilInterrupted } from '../serve.js';
import { UsageError } from './errors.js';

/** @type {import('./command-line.js').Command} */
const command = {
  usage: '[--port PORT]',
  summary: 'Serves the playground on this machine until Ctrl-C.',
  operands: [0, 0],
  options: {
    port: { kind: 'number', value: 'PORT', help: 'the first port to try (8000)' },
  },
  examples: ['serve --port 8080'],
};

/**
 * @param {string} folder of the artefacts
 * @returns {import('../cli.js').Subcommand}
 */
export const makeServe = (folder) => ({
  command,
  async run({ port = 8000 }) {
    try {
      await serveUntilInterrupted(folder, Number(port));
    } catch (error) {
      if (error instanceof RangeError) throw new UsageError(`--port: ${error.message}`);
      throw error;
    }
  },
});
