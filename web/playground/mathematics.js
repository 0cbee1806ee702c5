/**
 * The notes' symbols as MathML, each with the words for who hears it. The layer stands in a bracketed superscript, W^[1].
 */

import { html } from 'lit';

/** A letter of a layer: W^[1]. @param {string} letter @param {1 | 2} layer @param {string} [spoken] */
export function layerSymbol(letter, layer, spoken = `${letter}, layer ${layer}`) {
  return html`<math aria-label=${spoken}
    ><msup><mi mathvariant="normal">${letter}</mi><mrow><mo stretchy="false">[</mo><mn>${layer}</mn><mo stretchy="false">]</mo></mrow></msup></math
  >`;
}

/** α. */
export const alpha = html`<math aria-label="alpha"><mi>α</mi></math>`;

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
 * The notes' six lines, for the printed page: forward, loss, backward, update.
 *
 * @param {string} activation the name of g
 */
export function equations(activation) {
  const g = activation === 'sigmoid' ? 'σ' : activation === 'tanh' ? 'tanh' : 'ReLU';
  const s = (/** @type {string} */ letter, /** @type {string} */ layer) =>
    html`<msup><mi mathvariant="normal">${letter}</mi><mrow><mo stretchy="false">[</mo><mn>${layer}</mn><mo stretchy="false">]</mo></mrow></msup>`;
  return html`<div class="equations">
    <math display="block"><mrow>${s('Z', '1')}<mo>=</mo>${s('W', '1')}<mi mathvariant="normal">X</mi><mo>+</mo>${s('b', '1')}<mo>,</mo><mspace width="1em"></mspace>${s('A', '1')}<mo>=</mo><mi>${g}</mi><mo stretchy="false">(</mo>${s('Z', '1')}<mo stretchy="false">)</mo></mrow></math>
    <math display="block"><mrow>${s('Z', '2')}<mo>=</mo>${s('W', '2')}${s('A', '1')}<mo>+</mo>${s('b', '2')}<mo>,</mo><mspace width="1em"></mspace>${s('A', '2')}<mo>=</mo><mi>σ</mi><mo stretchy="false">(</mo>${s('Z', '2')}<mo stretchy="false">)</mo></mrow></math>
    <math display="block"><mrow><mi>J</mi><mo>=</mo><mfrac><mn>1</mn><mi>m</mi></mfrac><mo>∑</mo><mi>L</mi><mo>,</mo><mspace width="1em"></mspace><mi>L</mi><mo>=</mo><mo>−</mo><mi>y</mi><mi>log</mi><mi>a</mi><mo>−</mo><mo stretchy="false">(</mo><mn>1</mn><mo>−</mo><mi>y</mi><mo stretchy="false">)</mo><mi>log</mi><mo stretchy="false">(</mo><mn>1</mn><mo>−</mo><mi>a</mi><mo stretchy="false">)</mo></mrow></math>
  </div>`;
}
