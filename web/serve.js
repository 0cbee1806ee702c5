/**
 * A static file server for this machine only, as small as the playground needs.
 *
 *     node web/serve.js [FOLDER] [--port PORT]
 *
 * It listens on 127.0.0.1, on the port asked for or the next free one, prints the address, and ends on Ctrl-C.
 */
import { realpathSync } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const types = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.csv', 'text/csv; charset=utf-8'],
  ['.md', 'text/markdown; charset=utf-8'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.wasm', 'application/wasm'],
]);

const portsTried = 100;

/**
 * The file of `root` that an address asks for, symbolic links resolved.
 *
 * @param {string} root an absolute folder, symbolic links resolved
 * @param {string} address the path of the request, still percent-encoded
 * @returns {Promise<string | undefined>} undefined where there is none, or it lies outside of root
 */
async function locate(root, address) {
  try {
    const path = decodeURIComponent(new URL(address, 'http://localhost').pathname);
    const file = await realpath(join(root, path.endsWith('/') ? `${path}index.html` : path));
    return file.startsWith(root + sep) ? file : undefined;
  } catch {
    // A malformed address, or no such file: to the one who asks it is all the same.
    return undefined;
  }
}

/**
 * Serves a folder on 127.0.0.1.
 *
 * @param {object} options
 * @param {string} options.root the folder; index.html stands for it
 * @param {number} [options.port] the first port to try, the next free one is taken; 0 for any
 * @param {Record<string, string>} [options.headers] sent with every file
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} the address, with a slash at its end
 * @throws {RangeError} when port is not an integer from 0 to 65535
 * @throws {Error} when root is not there, or none of the ports is free
 */
export async function serve({ root, port = 8000, headers = {} }) {
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new RangeError(`port must be an integer from 0 to 65535, not ${port}`);
  }
  const folder = realpathSync(resolve(root));

  const server = createServer(async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    const path = await locate(folder, request.url ?? '/');
    const file = path === undefined ? undefined : await open(path).catch(() => undefined);
    const stat = await file?.stat();
    if (path === undefined || file === undefined || !stat?.isFile()) {
      await file?.close();
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n');
      return;
    }
    response.writeHead(200, {
      'content-type': types.get(extname(path)) ?? 'application/octet-stream',
      'content-length': stat.size,
      'cache-control': 'no-cache',
      ...headers,
    });
    if (request.method === 'HEAD') {
      await file.close();
      response.end();
      return;
    }
    await pipeline(file.createReadStream(), response).catch(() => {
      // The reader left early; the pipeline has closed both ends.
    });
  });

  const taken = await listen(server, port);
  return {
    url: `http://127.0.0.1:${taken}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/**
 * Listens on the first free port from `port` on.
 *
 * @param {import('node:http').Server} server
 * @param {number} port
 * @returns {Promise<number>} the port
 */
async function listen(server, port) {
  for (let candidate = port; candidate < port + portsTried && candidate <= 65535; candidate++) {
    try {
      await new Promise((done, fail) => {
        server.once('error', fail);
        server.listen(candidate, '127.0.0.1', () => {
          server.off('error', fail);
          done(undefined);
        });
      });
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : candidate;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EADDRINUSE') throw error;
    }
  }
  throw new Error(`no free port from ${port} to ${Math.min(port + portsTried - 1, 65535)}`);
}

/**
 * Serves until the process is interrupted, which ends it with exit status 0.
 *
 * @param {string} root
 * @param {number} port
 */
export async function serveUntilInterrupted(root, port) {
  const { url, close } = await serve({ root, port });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, async () => {
      await close();
      process.exit(0);
    });
  }
  console.log(`two-layer is at ${url}  (Ctrl-C stops it)`);
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string', default: process.env.PORT ?? '8000' } },
  });
  const root = positionals[0] ?? fileURLToPath(new URL('../build/', import.meta.url));
  serveUntilInterrupted(root, Number(values.port)).catch((error) => {
    console.error(`two-layer: ${error.message}`);
    process.exitCode = 1;
  });
}
