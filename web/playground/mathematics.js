/**
 * The notes' symbols as MathML, each with the words for who hears it. The layer stands in a bracketed superscript, W^[1].
 */

import { html, mathml } from 'lit';

/** A letter of a layer: W^[1]. @param {string} letter @param {1 | 2} layer @param {string} [spoken] */
export function layerSymbol(letter, layer, spoken = `${letter}, layer ${layer}`) {
  return html`<math aria-label=${spoken}
    ><msup><mi mathvariant="normal">${letter}</mi><mrow><mo stretchy="false">[</mo><mn>${layer}</mn><mo stretchy="false">]</mo></mrow></msup></math
  >`;
}

/** α. */
export const alpha = html`<math aria-label="alpha"><mi>&alpha;</mi></math>`;

/** An input, x₁ or x₂. @param {1 | 2} k */
export function inputSymbol(k) {
  return html`<math aria-label="x ${k}"><msub><mi>x</mi><mn>${k}</mn></msub></math>`;
}

/** n with the index h: the number of hidden units. */
export const hiddenCount = html`<math aria-label="n h"><msub><mi>n</mi><mi>h</mi></msub></math>`;

/** The further inputs by their names in the engine. @type {Readonly<Record<string, import('lit').TemplateResult>>} */
export const featureSymbols = Object.freeze({
  'x1-squared': html`<math aria-label="x 1 squared"><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup></math>`,
  'x2-squared': html`<math aria-label="x 2 squared"><msubsup><mi>x</mi><mn>2</mn><mn>2</mn></msubsup></math>`,
  'x1-x2': html`<math aria-label="x 1 times x 2"><msub><mi>x</mi><mn>1</mn></msub><msub><mi>x</mi><mn>2</mn></msub></math>`,
  'sin-x1': html`<math aria-label="sine of x 1"><mi>sin</mi><mspace width="0.17em"></mspace><msub><mi>x</mi><mn>1</mn></msub></math>`,
  'sin-x2': html`<math aria-label="sine of x 2"><mi>sin</mi><mspace width="0.17em"></mspace><msub><mi>x</mi><mn>2</mn></msub></math>`,
});

/**
 * One sign of a formula as it is written below: W1 is W^[1], A1T its transpose, dZ2 a gradient.
 *
 * @param {string} sign
 */
function drawSign(sign) {
  const [, letter, layer, transposed] = /^(d?[XYZWAb])([12]?)(T?)$/.exec(sign) ?? [];
  if (letter !== undefined) {
    const index = layer === '' ? '' : mathml`<mo stretchy="false">[</mo><mn>${layer}</mn><mo stretchy="false">]</mo>`;
    return mathml`<msup><mi mathvariant="normal">${letter}</mi><mrow>${index}<mi>${transposed}</mi></mrow></msup>`;
  }
  if (sign === '1/m') return mathml`<mfrac><mn>1</mn><mi>m</mi></mfrac>`;
  if (sign === ',') return mathml`<mo>,</mo><mspace width="1em"></mspace>`;
  if (/^\d/.test(sign)) return mathml`<mn>${sign}</mn>`;
  return /^\p{L}/u.test(sign) ? mathml`<mi>${sign}</mi>` : mathml`<mo stretchy="false">${sign}</mo>`;
}

/**
 * The notes' lines, for the printed page: forward, loss, backward, update.
 *
 * @param {string} g the activation
 * @param {string} output σ or softmax
 */
const lines = (g, output) => [
  `Z1 = W1 X + b1 , A1 = ${g} ( Z1 )`,
  `Z2 = W2 A1 + b2 , A2 = ${output} ( Z2 )`,
  output === 'σ' ? 'J = 1/m ∑ L , L = − y log a − ( 1 − y ) log ( 1 − a )' : 'J = 1/m ∑ L , L = − ∑ y log a',
  'dZ2 = A2 − Y , dW2 = 1/m dZ2 A1T , db2 = 1/m ∑ dZ2',
  `dZ1 = W2T dZ2 ∘ ${g}′ ( Z1 ) , dW1 = 1/m dZ1 XT , db1 = 1/m ∑ dZ1`,
  'W := W − α dW , b := b − α db',
];

/** @param {string} activation @param {number} classes */
export function equations(activation, classes) {
  const g = activation === 'sigmoid' ? 'σ' : activation === 'tanh' ? 'tanh' : 'ReLU';
  return lines(g, classes === 2 ? 'σ' : 'softmax').map(
    (line) => html`<math display="block"><mrow>${line.split(' ').map(drawSign)}</mrow></math>`,
  );
}
