/**
 * A Lit element whose attributes and properties are the options of options.js: each is read as text or value, checked by
 * whom it is for, and set properties are reflected.
 */

import { LitElement } from 'lit';
import { attributeText, booleans, options } from './options.js';

/** @typedef {import('./options.js').Option} Option */

export class OptionsElement extends LitElement {
  #isReflecting = false;

  /** @override */
  static get observedAttributes() {
    // biome-ignore lint/complexity/noThisInStatic: Lit finalizes the class that asks, which must be this one
    return [...super.observedAttributes, ...options.map(({ attribute }) => attribute)];
  }

  /**
   * Takes an option's new value.
   *
   * @param {Option} _option
   * @param {any} _value undefined where the attribute went
   * @throws {RangeError | TypeError} naming what is wrong, before anything changes
   */
  applyOption(_option, _value) {
    throw new TypeError('applyOption: a subclass says what an option does');
  }

  /**
   * What an option is now.
   *
   * @param {Option} option
   * @returns {unknown}
   */
  readOption({ attribute, parse }) {
    const text = this.getAttribute(attribute);
    if (booleans.includes(attribute)) return text !== null;
    return text === null ? undefined : parse(text);
  }

  /** An attribute asked for what cannot be; authors' markup must not throw. @param {unknown} error */
  refuseOption(error) {
    this.dispatchEvent(new CustomEvent('two-layer-error', { bubbles: true, composed: true, detail: { error } }));
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    // Properties that were set before this class was there are set again, through their accessors.
    for (const { property } of options) {
      if (!Object.hasOwn(this, property)) continue;
      const value = Reflect.get(this, property);
      Reflect.deleteProperty(this, property);
      Reflect.set(this, property, value);
    }
  }

  /** @override @param {string} name @param {string | null} old @param {string | null} value */
  attributeChangedCallback(name, old, value) {
    super.attributeChangedCallback(name, old, value);
    if (this.#isReflecting || old === value) return;
    const option = options.find(({ attribute }) => attribute === name);
    if (option === undefined) return;
    try {
      this.applyOption(option, value === null ? undefined : option.parse(value));
    } catch (error) {
      this.refuseOption(error);
    }
  }

  /**
   * @param {Option} option
   * @param {unknown} value
   * @throws {RangeError | TypeError}
   */
  writeOption(option, value) {
    const { attribute, parse } = option;
    if (booleans.includes(attribute)) {
      this.toggleAttribute(attribute, Boolean(value));
      return;
    }
    const isAbsent = value === undefined || value === null;
    // Frameworks hand attributes' texts to properties.
    this.applyOption(option, isAbsent ? undefined : typeof value === 'string' ? parse(value) : value);
    this.#isReflecting = true;
    if (isAbsent) this.removeAttribute(attribute);
    else this.setAttribute(attribute, attributeText(value));
    this.#isReflecting = false;
  }
}

for (const option of options) {
  Object.defineProperty(OptionsElement.prototype, option.property, {
    configurable: true,
    enumerable: true,
    /** @this {OptionsElement} */
    get() {
      return this.readOption(option);
    },
    /** @this {OptionsElement} @param {unknown} value */
    set(value) {
      this.writeOption(option, value);
    },
  });
}
