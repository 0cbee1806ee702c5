/** The disclosure: every setting that the control bar has no room for. */

import { html } from 'lit';
import { activations, features, initializers, optimizers } from '../engine/names.js';
import { paceSlider } from './bar-view.js';
import { choiceField, numberField } from './fields-view.js';
import { icons } from './icons.js';
import { featureSymbols, layerSymbol } from './mathematics.js';
import { strings } from './strings.js';

/** @param {readonly string[]} keys @param {Record<string, string>} names @returns {[string, string][]} */
const choices = (keys, names) => keys.map((key) => [key, names[key] ?? key]);

/**
 * @param {import('./view-state.js').ViewState} state
 * @param {import('./view-state.js').Actions} act
 * @param {number} level
 */
export function settingsView(state, act, level) {
  const { settings, data, errors, isLocked } = state;
  const number = (
    /** @type {string} */ key,
    /** @type {unknown} */ label,
    /** @type {string} */ spoken,
    /** @type {string} */ help = '',
  ) =>
    numberField({
      id: `set-${key}`,
      label,
      spoken,
      value: String(settings[key]),
      error: errors[key],
      disabled: isLocked(attributeOf(key)),
      help: help === '' ? undefined : help,
      take: (text) => act.typeSetting(key, text, spoken),
    });
  const choice = (
    /** @type {string} */ key,
    /** @type {unknown} */ label,
    /** @type {[string, string][]} */ list,
    /** @type {(value: string) => unknown} */ parse = (value) => value,
  ) =>
    choiceField({
      id: `set-${key}`,
      label,
      value: String(settings[key]),
      choices: list,
      disabled: isLocked(attributeOf(key)),
      take: (value) => act.set({ [key]: parse(value) }),
    });
  const dataNumber = (/** @type {'n' | 'noise' | 'flip' | 'seed'} */ key, /** @type {string} */ label) =>
    numberField({
      id: `data-${key}`,
      label,
      spoken: label,
      value: String(data[key]),
      error: errors[`data-${key}`],
      disabled: isLocked('data') || data.preset === undefined,
      take: (text) => act.typeData(key, text, label),
    });
  return html`<section class="drawer" aria-label=${strings.settings} part="settings">
    <div class="top">
      <div class="heading" role="heading" aria-level=${level}>${strings.settings}</div>
      <span class="grow"></span>
      <button type="button" class="icon-only plain" id="drawer-close" aria-label=${strings.close} @click=${() => act.open(undefined)}>
        ${icons.close}
      </button>
    </div>

    <h3>${strings.groupTraining}</h3>
    <div class="form">
      ${choice('optimizer', strings.optimizer, choices(optimizers, strings.optimizers))}
      ${settings.optimizer === 'momentum' ? number('momentum', strings.momentum, strings.momentum) : ''}
      ${numberField({
        id: 'set-batchSize',
        label: strings.batchSize,
        spoken: strings.batchSize,
        value: settings.batchSize === 0 ? strings.batchAll : String(settings.batchSize),
        error: errors.batchSize,
        disabled: isLocked('batch-size'),
        help: strings.batchHelp,
        take: (text) => act.typeSetting('batchSize', /^\s*(all)?\s*$/i.test(text) ? '0' : text, strings.batchSize),
      })}
      ${number('l1', strings.l1, strings.l1)} ${number('l2', strings.l2, strings.l2, strings.penaltyHelp)}
      ${paceRow(state, act)}
    </div>

    <h3>${strings.groupNetwork}</h3>
    <div class="form">
      ${choice('activation', strings.activation, choices(activations, strings.activations))}
      ${choice(
        'init',
        html`${strings.init} ${layerSymbol('W', 1)}, ${layerSymbol('W', 2)}`,
        choices(initializers, strings.initializers),
      )}
      <span id="features-label">${strings.features}<br /><span class="help">${strings.startsAnew}</span></span>
      <div class="control" role="group" aria-labelledby="features-label">
        ${features.map(
          (name) => html`<label class="check"
            ><input
              type="checkbox"
              aria-label=${strings.featureNames[name]}
              .checked=${settings.features.includes(name)}
              ?disabled=${isLocked('features')}
              @change=${(/** @type {Event} */ event) => {
                const on = /** @type {HTMLInputElement} */ (event.target).checked;
                act.set({
                  features: features.filter((other) => (other === name ? on : settings.features.includes(other))),
                });
              }}
            />${featureSymbols[name]}</label
          >`,
        )}
      </div>
      ${choice(
        'classes',
        html`${strings.classes}<br /><span class="help">${strings.startsAnew}</span>`,
        [2, 3, 4].map((k) => [String(k), String(k)]),
        Number,
      )}
    </div>

    <h3>${strings.groupData}</h3>
    <div class="form">
      ${choice(
        'testSplit',
        strings.testSplit,
        [0, 0.2, 0.5].map((share) => [String(share), `${100 * share} %`]),
        Number,
      )}
      ${dataNumber('n', strings.count)} ${dataNumber('noise', strings.noise)} ${dataNumber('flip', strings.flip)}
      ${dataNumber('seed', strings.seed)}
    </div>
    <p class="help">${strings.replacesPoints}</p>

    <h3>${strings.groupPage}</h3>
    <div class="form">
      ${choiceField({
        id: 'theme',
        label: strings.theme,
        value: state.theme,
        choices: choices(['auto', 'light', 'dark'], strings.themes),
        disabled: false,
        take: act.setTheme,
      })}
    </div>
    <div class="buttons">
      <button type="button" @click=${act.describe}>${strings.describe}</button>
    </div>
  </section>`;
}

/** @param {import('./view-state.js').ViewState} state @param {import('./view-state.js').Actions} act */
const paceRow = (state, act) =>
  html`<span class="narrow-only wide-row">${paceSlider(state, act, 'pace-narrow')}</span>`;

/** learningRate → learning-rate. @param {string} key */
const attributeOf = (key) => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
