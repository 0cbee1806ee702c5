/** The plot's axes, in the data's own units where it has some: value = offset + scale · coordinate. */

import { REACH } from './plane.js';

/** @typedef {{ name: string, unit: string, scale: number, offset: number }} Axis */

/** @type {[Axis, Axis]} */
export const planeAxes = [
  { name: 'x₁', unit: '', scale: 1, offset: 0 },
  { name: 'x₂', unit: '', scale: 1, offset: 0 },
];

/** @param {Axis} axis @param {number} coordinate */
export const inUnits = ({ scale, offset }, coordinate) => offset + scale * coordinate;

/** @param {Axis} axis @param {number} value */
export const fromUnits = ({ scale, offset }, value) => (value - offset) / scale;

/** @param {Axis} axis */
export const axisName = ({ name, unit }) => (unit === '' ? name : `${name}, ${unit}`);

/**
 * Round values along an axis and where they stand.
 *
 * @param {Axis} axis
 * @returns {{ value: number, share: number }[]} share: 0 at the axis's beginning, 1 at its end
 */
export function axisTicks({ scale, offset }) {
  const least = offset - REACH * scale;
  const span = 2 * REACH * scale;
  const power = 10 ** Math.floor(Math.log10(span / 7));
  const gap = ([1, 2, 2.5, 5, 10].find((digit) => digit * power >= (span / 7) * 0.999) ?? 10) * power;
  const ticks = [];
  for (let i = Math.ceil(least / gap - 1e-9); i * gap <= least + span * (1 + 1e-9); i += 1) {
    ticks.push({ value: Number((i * gap).toPrecision(9)), share: (i * gap - least) / span });
  }
  return ticks;
}
