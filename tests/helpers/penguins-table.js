/** The measures of penguins that come with the engine, as a table with gaps, as files have them. */
import penguins from '../../web/engine/data/penguins.js';

/** @returns {string} CSV of 342 rows, and two with gaps: lines 5 and 345 */
export function penguinsTable() {
  const rows = penguins.classes.flatMap(({ name, examples }) =>
    examples.split(',').map((example) => `${example.trim().replace(' ', ',')},${name}\n`),
  );
  rows.splice(3, 0, ',,Adelie\n');
  rows.push('NA,15.1,Gentoo\n');
  return `bill_length_mm,bill_depth_mm,species\n${rows.join('')}`;
}
