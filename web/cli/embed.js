/** two-layer embed: the snippet that puts the playground into a page. */
import { createNetwork, preset } from '../engine/index.js';
import { toKebab } from './command-line.js';
import { UsageError } from './errors.js';

/** What the element's attributes are called where they are not the option's name. */
const attributeNames = new Map([['hidden', 'hidden-units']]);

/** @type {Readonly<Record<string, string>>} */
const files = Object.freeze({ html: 'two-layer.js', iframe: 'playground.html' });

const hosts = Object.freeze(Object.keys(files));

/** @type {import('./command-line.js').Command} */
export const command = {
  usage: '--host html|iframe [options]',
  summary: 'Prints the lines that put the playground into a course page.',
  details: `
html: a page that you write yourself; two-layer.js from this package's build folder goes beside it.
iframe: a system that takes no scripts from authors; playground.html goes where you can put files.`,
  operands: [0, 0],
  options: {
    host: { kind: 'text', value: 'HOST', choices: hosts, help: 'html or iframe' },
    src: { kind: 'text', value: 'URL', help: 'where the file is, if not beside the page' },
    preset: { kind: 'text', value: 'NAME', help: 'data to begin with (ring); html only, as all that follow' },
    hidden: { kind: 'number', value: 'N', help: 'hidden units' },
    activation: { kind: 'text', value: 'G', help: 'sigmoid, tanh or relu' },
    'learning-rate': { kind: 'number', value: 'A', help: 'alpha' },
    seed: { kind: 'number', value: 'N', help: 'of the first weights and the data' },
    autoplay: { kind: 'flag', help: 'begin to train at once' },
  },
  examples: [
    'embed --host html --preset moons --hidden 3 --autoplay',
    'embed --host iframe --src https://example.org/playground.html',
  ],
};

/**
 * @param {import('./command-line.js').Values} values
 * @param {string[]} _operands
 * @param {import('./terminal.js').Terminal} terminal
 */
export async function run(values, _operands, terminal) {
  const { host, src, ...settings } = values;
  if (host === undefined) throw new UsageError(`--host: one of ${hosts.join(', ')} is needed`);
  const file = escapeAttribute(String(src ?? files[String(host)]));
  if (host === 'iframe') {
    const [unused] = Object.keys(settings);
    if (unused !== undefined)
      throw new UsageError(`--${toKebab(unused)}: playground.html opens as it is; --host html takes it`);
    await terminal.print(iframe(file));
    return;
  }
  const { preset: name = 'ring', autoplay, ...options } = settings;
  await checkSettings(String(name), options);
  const attributes = [
    ['preset', name],
    ...Object.entries(options).map(([key, value]) => [attributeNames.get(key) ?? toKebab(key), value]),
  ];
  const text = attributes.map(([key, value]) => ` ${key}="${escapeAttribute(String(value))}"`).join('');
  await terminal.print(element(file, `${text}${autoplay ? ' autoplay' : ''}`));
}

/** @param {string} file @param {string} attributes */
const element = (file, attributes) => `<script type="module" src="${file}"></script>
<two-layer${attributes}>
  <p>A playground for a small neural network. It needs JavaScript and WebAssembly.</p>
</two-layer>
`;

/** @param {string} file */
const iframe = (file) => `<iframe
  src="${file}"
  title="two-layer: a playground for a small neural network"
  width="100%"
  height="640"
  style="border: 0"
  sandbox="allow-scripts allow-downloads"
  allow="fullscreen; clipboard-write"
></iframe>
`;

/** @param {string} text */
const escapeAttribute = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/**
 * The element would say what is wrong with them too, but on the page.
 * @param {string} name
 * @param {Record<string, any>} options
 */
async function checkSettings(name, { learningRate, ...options }) {
  try {
    await preset(/** @type {any} */ (name), { seed: options.seed });
    const network = await createNetwork(options);
    network.train([[0, 0]], [0], { learningRate });
    network.free();
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    throw new UsageError(`--${error.message.replace(/^[A-Za-z0-9]+/, toKebab)}`);
  }
}
