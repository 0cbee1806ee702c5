/** The options of every command that reads a table. */
import { UsageError } from './errors.js';

/** @type {import('./command-line.js').Options} */
export const tableOptions = {
  delimiter: { kind: 'text', value: 'C', help: 'what parts the fields; tab for a tab (told from the first lines)' },
  decimal: { kind: 'text', value: 'SIGN', choices: ['point', 'comma'], help: 'point or comma (told from the numbers)' },
  header: { kind: 'flag', help: 'the first line holds names (told from its cells)' },
  'no-header': { kind: 'flag', help: 'the first line is a row' },
};

/**
 * @param {import('./command-line.js').Values} values
 * @returns {import('./rows.js').TableOptions}
 * @throws {UsageError}
 */
export function tableValues(values) {
  if (values.header && values.noHeader) throw new UsageError('--header and --no-header: only one can be so');
  const delimiter = values.delimiter === 'tab' ? '\t' : /** @type {string | undefined} */ (values.delimiter);
  if (delimiter !== undefined && (delimiter.length !== 1 || /["\r\n\p{L}\d]/u.test(delimiter))) {
    throw new UsageError(`--delimiter: '${delimiter}' is not one character that can part fields`);
  }
  return {
    delimiter,
    decimal: /** @type {import('./cells.js').Decimal | undefined} */ (values.decimal),
    header: values.header ? true : values.noHeader ? false : undefined,
  };
}
