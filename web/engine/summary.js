/** The table of layers that Keras prints. */

/**
 * @param {import('./parameters.js').Shape} shape
 * @returns {string}
 */
export function summarize({ inputs, hidden, outputs }) {
  const layers = [
    ['hidden (Dense)', `(None, ${hidden})`, hidden * (inputs + 1)],
    ['output (Dense)', `(None, ${outputs})`, outputs * (hidden + 1)],
  ];
  const total = layers.reduce((sum, [, , count]) => sum + Number(count), 0);
  const widths = [30, 24, 16];
  /** @param {(string | number)[]} cells */
  const row = (cells) =>
    cells
      .map((cell, k) => String(cell).padEnd(widths[k]))
      .join('')
      .trimEnd();
  const width = widths.reduce((sum, w) => sum + w, 0);
  return [
    'Model: "two_layer"',
    '_'.repeat(width),
    row([' Layer (type)', 'Output Shape', 'Param #']),
    '='.repeat(width),
    ...layers.map(([name, shape, count]) => row([` ${name}`, shape, count])),
    '='.repeat(width),
    `Total params: ${total} (${total * 4} bytes)`,
    `Trainable params: ${total} (${total * 4} bytes)`,
    'Non-trainable params: 0 (0 bytes)',
    '_'.repeat(width),
  ].join('\n');
}
