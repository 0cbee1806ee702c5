/** The Share drawer: the run as a link and as a file, each also as text, to be copied by hand. */

import { html, nothing } from 'lit';
import { icons } from './icons.js';
import { formatStep } from './numbers.js';
import { strings } from './strings.js';

/**
 * @param {import('./view-state.js').ViewState} state
 * @param {import('./view-state.js').Actions} act
 * @param {number} level
 */
export function shareView(state, act, level) {
  const { link, isLinkable, step, hash, file, warnings } = state.shared;
  return html`<section class="drawer" aria-label=${strings.share} part="share">
    <div class="top">
      <div class="heading" role="heading" aria-level=${level}>${strings.share}</div>
      <span class="grow"></span>
      <button type="button" class="icon-only plain" id="drawer-close" aria-label=${strings.close} @click=${() => act.open(undefined)}>
        ${icons.close}
      </button>
    </div>
    <p class="help">${strings.shareHelp}</p>
    <h3>${strings.link}</h3>
    ${
      isLinkable
        ? html`<textarea id="link" aria-label=${strings.link} readonly rows="4" .value=${link}></textarea>
            <div class="buttons">
              <button type="button" @click=${act.copyLink}>${state.isCopied ? strings.copied : strings.copyLink}</button>
            </div>`
        : html`<p id="too-long">${strings.tooLongForLink(link.length)}</p>`
    }
    <p class="help">${strings.hashAt(formatStep(step))} <code id="hash">${hash}</code></p>
    ${
      warnings.length === 0
        ? nothing
        : html`<h3>${strings.droppedHeading}</h3>
            <ul class="rejected" id="dropped">
              ${warnings.map((warning) => html`<li>${warning}</li>`)}
            </ul>`
    }
    ${fileView(file, act)}
  </section>`;
}

/** @param {import('./view-state.js').Shared['file']} file @param {import('./view-state.js').Actions} act */
function fileView(file, act) {
  const pick = (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const [chosen] = input.files ?? [];
    if (chosen !== undefined) act.openSession(chosen);
    input.value = '';
  };
  const paste = (/** @type {ClipboardEvent} */ event) => {
    const text = event.clipboardData?.getData('text') ?? '';
    if (text === '') return;
    event.preventDefault();
    act.openSession(text);
  };
  const typed = (/** @type {Event} */ event) => {
    const area = /** @type {HTMLTextAreaElement} */ (event.target);
    act.openSession(area.value);
    area.value = '';
  };
  return html`<h3>${strings.file}</h3>
    <div class="buttons">
      <button type="button" @click=${act.saveSession}>${strings.saveSession}</button>
      <label class="file"
        ><span>${strings.openFile}</span><input id="session-file" type="file" accept=".json,.txt,application/json,text/plain" @change=${pick}
      /></label>
    </div>
    ${
      file === undefined
        ? nothing
        : html`<label class="help" for="session-text">${strings.copySession(formatStep(file.step))}</label>
            <textarea id="session-text" readonly rows="4" .value=${file.text}></textarea>`
    }
    <label class="help" for="session-paste">${strings.pasteSession}</label>
    <textarea id="session-paste" rows="2" @paste=${paste} @change=${typed}></textarea>`;
}
