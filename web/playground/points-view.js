/** The Points drawer: the editable table that is the plot's equal without seeing, and tables in and out. */

import { html, nothing } from 'lit';
import { axisName, fromUnits, inUnits } from './axes.js';
import { icons } from './icons.js';
import { inputSymbol } from './mathematics.js';
import { formatNumber, parseNumber } from './numbers.js';
import { REACH } from './plane.js';
import { convertTable } from './points-file.js';
import { classLetters, strings } from './strings.js';

/** @typedef {{ table: import('./points-file.js').Table, mapping: import('./points-file.js').Mapping }} Draft a table not yet taken */

export const ROWS_A_PAGE = 25;
/** Rejected rows that are named; more are counted. */
const NAMED = 8;

/**
 * @param {import('./view-state.js').ViewState} state
 * @param {import('./view-state.js').Actions} act
 * @param {number} level
 */
export function pointsView(state, act, level) {
  const drop = (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file !== undefined) act.readFile(file);
    else act.readTable(event.dataTransfer?.getData('text') ?? '');
  };
  return html`<section
    class="drawer"
    aria-label=${strings.pointsHeading}
    part="points"
    @dragover=${(/** @type {Event} */ event) => event.preventDefault()}
    @drop=${drop}
  >
    <div class="top">
      <div class="heading" role="heading" aria-level=${level}>${strings.pointsHeading}</div>
      <span class="muted">${strings.pointCount(state.points.length)}</span>
      <span class="grow"></span>
      <button type="button" class="icon-only plain" id="drawer-close" aria-label=${strings.close} @click=${() => act.open(undefined)}>
        ${icons.close}
      </button>
    </div>
    ${state.draft === undefined ? tableView(state, act) : draftView(state.draft, act)}
  </section>`;
}

/** @param {import('./view-state.js').ViewState} state @param {import('./view-state.js').Actions} act */
function tableView(state, act) {
  const locked = state.isLocked('points');
  const first = Math.min(state.tablePage, Math.max(0, Math.ceil(state.points.length / ROWS_A_PAGE) - 1)) * ROWS_A_PAGE;
  const shown = state.points.slice(first, first + ROWS_A_PAGE);
  const hasTest = state.points.some(({ test }) => test);
  return html`
    ${locked ? html`<p class="lock">${icons.lock}${strings.pointsLocked}</p>` : importView(act)}
    <table>
      <thead>
        <tr>
          <th scope="col">${strings.columnNumber}</th>
          ${state.axes.map((axis, k) => html`<th scope="col">${axis.unit === '' ? inputSymbol(k === 0 ? 1 : 2) : axisName(axis)}</th>`)}
          <th scope="col">${strings.columnClass}</th>
          ${hasTest ? html`<th scope="col">${strings.columnTest}</th>` : nothing}
          <th><span class="unseen">${strings.erase}</span></th>
        </tr>
      </thead>
      <tbody>
        ${shown.map((point) => pointRow(point, state, act, locked, hasTest))}
      </tbody>
    </table>
    <div class="buttons">
      ${
        state.points.length > ROWS_A_PAGE
          ? html`<button type="button" ?disabled=${first === 0} @click=${() => act.turnTable(first / ROWS_A_PAGE - 1)}>
                ${strings.previous}
              </button>
              <span class="muted range">${strings.range(first + 1, first + shown.length, state.points.length)}</span>
              <button
                type="button"
                ?disabled=${first + ROWS_A_PAGE >= state.points.length}
                @click=${() => act.turnTable(first / ROWS_A_PAGE + 1)}
              >
                ${strings.next}
              </button>`
          : nothing
      }
      <button type="button" ?disabled=${locked} @click=${() => act.edit({ add: [{ x: 0, y: 0, class: 0 }] })}>${strings.addPoint}</button>
      <button type="button" ?disabled=${locked || state.points.length === 0} @click=${act.clear}>${strings.clear}</button>
      <button type="button" ?disabled=${state.points.length === 0} @click=${act.saveCsv}>${strings.saveCsv}</button>
    </div>
    ${
      state.csv === ''
        ? nothing
        : html`<label for="csv">${strings.copyCsv}</label><textarea id="csv" readonly .value=${state.csv}></textarea>`
    }
  `;
}

/**
 * @param {{ id: number, x: number, y: number, class: number, test?: boolean }} point
 * @param {import('./view-state.js').ViewState} state
 * @param {import('./view-state.js').Actions} act
 * @param {boolean} locked
 * @param {boolean} hasTest
 */
function pointRow(point, state, act, locked, hasTest) {
  const coordinate = (/** @type {'x' | 'y'} */ key, /** @type {import('./axes.js').Axis} */ axis) => {
    // Data with units has them to two decimals at most; the plane's grid is finer.
    const text = formatNumber(inUnits(axis, point[key]), axis.unit === '' ? 3 : 2);
    return html`<td>
    <input
      type="text"
      inputmode="decimal"
      aria-label="${axisName(axis)} ${strings.coordinate(point.id)}"
      .value=${text}
      ?disabled=${locked}
      @change=${(/** @type {Event} */ event) => {
        const input = /** @type {HTMLInputElement} */ (event.target);
        const value = fromUnits(axis, parseNumber(input.value));
        const isTaken =
          Math.abs(value) <= REACH && act.edit({ move: [{ id: point.id, x: point.x, y: point.y, [key]: value }] });
        if (isTaken) return;
        const [least, most] = [-REACH, REACH].map((end) => formatNumber(inUnits(axis, end), 2));
        act.refuse(
          strings.refusedNumber(`${axisName(axis)} ${strings.coordinate(point.id)}`, strings.between(least, most)),
        );
        input.value = text;
      }}
    />
  </td>`;
  };
  return html`<tr>
    <td>${point.id}</td>
    ${coordinate('x', state.axes[0])} ${coordinate('y', state.axes[1])}
    <td>
      <span class="select"
        ><select
          aria-label="${strings.columnClass} ${strings.coordinate(point.id)}"
          .value=${String(point.class)}
          ?disabled=${locked}
          @change=${(/** @type {Event} */ event) =>
            act.edit({
              relabel: [{ id: point.id, class: Number(/** @type {HTMLSelectElement} */ (event.target).value) }],
            })}
        >
          ${Array.from(
            { length: state.settings.classes },
            (_, k) => html`<option value=${k} ?selected=${k === point.class}>${state.names[k]}</option>`,
          )}</select
        >${icons.chevron}</span
      >
    </td>
    ${hasTest ? html`<td>${point.test ? strings.columnTest : ''}</td>` : nothing}
    <td>
      <button
        type="button"
        class="plain"
        aria-label=${strings.removePoint(point.id)}
        ?disabled=${locked}
        @click=${() => act.edit({ erase: [point.id] })}
      >
        ${icons.close}
      </button>
    </td>
  </tr>`;
}

/** @param {import('./view-state.js').Actions} act */
function importView(act) {
  const paste = (/** @type {ClipboardEvent} */ event) => {
    const text = event.clipboardData?.getData('text') ?? '';
    if (text === '') return;
    event.preventDefault();
    act.readTable(text);
  };
  const pick = (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const file = input.files?.[0];
    if (file !== undefined) act.readFile(file);
    input.value = '';
  };
  const typed = (/** @type {Event} */ event) => {
    const area = /** @type {HTMLTextAreaElement} */ (event.target);
    act.readTable(area.value);
    area.value = '';
  };
  return html`<label class="help" for="paste">${strings.pasteHere}</label>
    <textarea id="paste" rows="2" @paste=${paste} @change=${typed}></textarea>
    <div class="buttons">
      <label class="file"
        ><span>${strings.openFile}</span><input type="file" accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values" @change=${pick}
      /></label>
    </div>`;
}

/** @param {Draft} draft @param {import('./view-state.js').Actions} act */
function draftView({ table, mapping }, act) {
  const { points, names, rejected } = convertTable(table, mapping);
  const columns = table.header.map((name, i) => /** @type {const} */ ([i, name]));
  const map = (
    /** @type {'x' | 'y' | 'label'} */ key,
    /** @type {unknown} */ label,
    /** @type {string} */ spoken,
  ) => html`<label for="map-${key}">${label}</label>
    <span class="control"><span class="select"><select
      id="map-${key}"
      aria-label=${spoken}
      @change=${(/** @type {Event} */ event) =>
        act.changeDraft({
          mapping: { ...mapping, [key]: Number(/** @type {HTMLSelectElement} */ (event.target).value) },
        })}
    >
      ${key === 'label' ? html`<option value="-1" ?selected=${mapping.label === -1}>${strings.noClassColumn}</option>` : nothing}
      ${columns.map(([i, name]) => html`<option value=${i} ?selected=${mapping[key] === i}>${name}</option>`)}</select
    >${icons.chevron}</span></span>`;
  return html`
    <h3>${strings.preview}</h3>
    <div class="form">
      ${map('x', inputSymbol(1), strings.columnFor1)} ${map('y', inputSymbol(2), strings.columnFor2)}
      ${map('label', strings.columnClass, strings.columnForClass)}
      <label for="scaling">${strings.scaling}</label>
      <span class="control"><span class="select"><select
        id="scaling"
        @change=${(/** @type {Event} */ event) => {
          const scaling = /** @type {import('./points-file.js').Scaling} */ (
            /** @type {HTMLSelectElement} */ (event.target).value
          );
          act.changeDraft({ mapping: { ...mapping, scaling } });
        }}
      >
        ${Object.entries(strings.scalings).map(([key, name]) => html`<option value=${key} ?selected=${mapping.scaling === key}>${name}</option>`)}</select
      >${icons.chevron}</span></span>
    </div>
    <p>
      ${strings.willTake(points.length, names.length)}${
        names.length > 0 && mapping.label !== -1
          ? html`: ${names.map((name, k) => `${classLetters[k]} = ${name}`).join(', ')}`
          : nothing
      }
    </p>
    ${
      rejected.length === 0
        ? nothing
        : html`<p class="error">${strings.rejectedRows(rejected.length)}</p>
            <ul class="rejected">
              ${rejected.slice(0, NAMED).map(({ row, why }) => html`<li>${strings.rejectedRow(row, why)}</li>`)}
              ${rejected.length > NAMED ? html`<li>${strings.moreRejected(rejected.length - NAMED)}</li>` : nothing}
            </ul>`
    }
    <div class="buttons">
      <button type="button" ?disabled=${points.length === 0} @click=${() => act.closeDraft(true)}>${strings.replacePoints}</button>
      <button type="button" @click=${() => act.closeDraft(false)}>${strings.cancel}</button>
    </div>
    <div class="preview-table">
      <table>
        <thead>
          <tr>
            ${columns.map(([, name]) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${table.rows.slice(0, 5).map((row) => html`<tr>${columns.map(([i]) => html`<td>${row[i] ?? ''}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>
  `;
}
