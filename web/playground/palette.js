/**
 * Lecture paper and two inks: every colour of the playground, in light ("paper") and dark ("board").
 *
 * Class fields have nearly equal luminance, so a picture that flaps between them does not flash; shape,
 * dash and the boundary line repeat whatever colour says. The dark fields are quieter than an exact
 * darkening of the light ones would be: over half a screen a saturated brown weighs more than it says.
 */

/**
 * @typedef {object} Palette
 * @property {string} background
 * @property {string} surface
 * @property {string} ink
 * @property {string} muted
 * @property {string} edge control edges: 3:1 against background and surface
 * @property {string} hair decoration only, below 3:1
 * @property {string} pressed
 * @property {string} accent always the person: focus, their flag, the entry they tapped
 * @property {string} error
 * @property {string} goal
 * @property {string[]} marks a colour a class, ● ■ ▲ ✚
 * @property {string[]} fields likewise
 */

/** @type {Readonly<Record<'light' | 'dark', Palette>>} */
export const palettes = Object.freeze({
  light: {
    background: '#FAF6EE',
    surface: '#FFFFFF',
    ink: '#1D1A2B',
    muted: '#5A5568',
    edge: '#857E70',
    hair: '#E2DBCC',
    pressed: '#EFE9DC',
    accent: '#8A1C5B',
    error: '#B3261E',
    goal: '#1B6B3A',
    marks: ['#2F3BA2', '#A84300', '#0B7A70', '#141019'],
    fields: ['#CBD0F6', '#F9CC98', '#BFE3DC', '#DDD8D2'],
  },
  dark: {
    background: '#14181B',
    surface: '#1D2327',
    ink: '#F3EEE3',
    muted: '#B4AFA6',
    edge: '#7D8488',
    hair: '#343C41',
    pressed: '#2A3136',
    accent: '#F29CC8',
    error: '#FF9A8F',
    goal: '#7FD6A0',
    marks: ['#AEB6FF', '#FFB454', '#2BB8A6', '#FFF3D1'],
    fields: ['#2D3559', '#45341F', '#1B4742', '#444245'],
  },
});

/** @param {string} hex '#RRGGBB' @returns {[number, number, number]} bytes */
export function channels(hex) {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** sRGB byte -> linear light, IEC 61966-2-1. @param {number} byte */
function linear(byte) {
  const c = byte / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}

/** Linear light -> sRGB byte. @param {number} light */
function encoded(light) {
  const c = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, c)));
}

/** Relative luminance, WCAG 2.2. @param {string} hex */
export function luminance(hex) {
  const [r, g, b] = channels(hex);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** Contrast ratio, WCAG 2.2: 1 … 21. @param {string} one @param {string} other */
export function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return /** @type {number} */ (high + 0.05) / /** @type {number} */ (low + 0.05);
}

/** sRGB -> OKLab (Ottosson 2020). @param {string} hex @returns {[number, number, number]} */
function oklab(hex) {
  const [red, green, blue] = /** @type {[number, number, number]} */ (channels(hex).map(linear));
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** @param {[number, number, number]} lab @returns {[number, number, number]} sRGB bytes */
function fromOklab([L, a, b]) {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encoded(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** The colour a share `t` of the way from one to the other in OKLab, as bytes. @param {string} from @param {string} to @param {number} t */
export function mix(from, to, t) {
  const a = oklab(from);
  const b = oklab(to);
  return fromOklab([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t]);
}

/** Bytes as they lie in ImageData, read as one little-endian word. @param {[number, number, number]} rgb */
function word([r, g, b]) {
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

/**
 * The colours that the core paints with: for two classes a table of 256 over p, the probability of B;
 * for three and four one colour a class.
 * @param {Palette} palette
 * @param {number} classes 2 … 4
 */
export function fieldColours(palette, classes) {
  const [a, b] = /** @type {[string, string]} */ (palette.fields);
  return classes === 2
    ? Uint32Array.from({ length: 256 }, (_, i) => word(mix(a, b, i / 255)))
    : Uint32Array.from(palette.fields.slice(0, classes), (hex) => word(channels(hex)));
}

/** @param {string} hex @param {number} opacity 0 … 1 */
export function translucent(hex, opacity) {
  return `rgb(${channels(hex).join(' ')} / ${opacity})`;
}

/** The palette's roles as custom properties, `--two-layer-*`, for a rule's body. @param {Palette} palette */
export function customProperties(palette) {
  const { marks, fields, ...roles } = palette;
  const letters = ['a', 'b', 'c', 'd'];
  return [
    ...Object.entries(roles),
    ...marks.map((hex, i) => [letters[i], hex]),
    ...fields.map((hex, i) => [`${letters[i]}-field`, hex]),
  ]
    .map(([name, hex]) => `--two-layer-${name}: ${hex};`)
    .join(' ');
}
