/** Texts to the person's clipboard. */

/**
 * @param {string} text
 * @param {HTMLElement | null} field that shows it
 * @returns {Promise<boolean>} whether it was copied; if not, it stands selected in its field and one key copies it
 */
export async function copyText(text, field) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No clipboard here: a sandbox, an old browser.
    field?.focus();
    if (field instanceof HTMLTextAreaElement) field.select();
    return document.execCommand('copy');
  }
}
