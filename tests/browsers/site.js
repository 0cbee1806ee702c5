/**
 * A folder of pages for one test, served with the headers that it chooses.
 */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serve } from '../../web/serve.js';

/**
 * The site has messages.js beside the files given; it is gone when the test ends.
 *
 * @param {import('node:test').TestContext} context
 * @param {Record<string, string | URL>} files name to text, or to a file or folder that is copied
 * @param {Record<string, string>} [headers]
 * @returns {Promise<{ url: string, fileUrl: string }>} its address over http and as file://, with a slash at the end
 */
export async function makeSite(context, files, headers = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'two-layer-site-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  // Browsers ask for an icon on their own, and complain where there is none.
  const all = { 'messages.js': new URL('./messages.js', import.meta.url), 'favicon.ico': '', ...files };
  for (const [name, content] of Object.entries(all)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await (typeof content === 'string' ? writeFile(path, content) : cp(content, path, { recursive: true }));
  }
  const { url, close } = await serve({ root: folder, port: 0, headers });
  context.after(close);
  return { url, fileUrl: `${pathToFileURL(folder).href}/` };
}
