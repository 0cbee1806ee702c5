/**
 * What the views are given: everything that is on screen and is not on a canvas, and what a person can do about it.
 *
 * @typedef {'settings' | 'points' | 'share' | undefined} Drawer the one that is open
 *
 * @typedef {object} Page what is on screen and in no session
 * @property {boolean} playing
 * @property {number} pace steps a second
 * @property {number | 'erase'} tool
 * @property {number | undefined} selected the chosen point's id
 * @property {boolean} moving whether the chosen point goes with the arrows
 * @property {import('./plane.js').Place} cursor the cross-hair
 * @property {Drawer} drawer
 * @property {Readonly<Record<string, string | undefined>>} errors by field: why its text was not taken
 * @property {number} tablePage
 * @property {import('./points-view.js').Draft | undefined} draft a table that waits to be taken
 * @property {string} csv the points as text, once asked for
 * @property {boolean} isCopied
 * @property {Shared} shared while the Share drawer is open
 * @property {boolean} drawsByTouch whether one finger draws, rather than scrolls
 * @property {boolean} resting
 * @property {boolean} touched whether the person has done anything to the run
 * @property {boolean} hasCursor whether the cross-hair is shown
 * @property {boolean} visible
 * @property {boolean} printing
 * @property {number} lastInput ms
 * @property {import('./captions.js').Caption} caption
 *
 * @typedef {object} Run what is on screen is of
 * @property {import('../engine/session.js').Session | undefined} session
 * @property {import('./notes.js').Notes} notes
 *
 * @typedef {Page & RunState} ViewState
 *
 * @typedef {object} RunState
 * @property {Readonly<Record<string, any>>} settings the session's
 * @property {{ preset: string | undefined, n: number, noise: number, flip: number, seed: number }} data the preset on the plot
 * @property {boolean} isDrawn whether points were changed since the preset
 * @property {readonly string[]} names of the classes, a letter where the data names none
 * @property {boolean} hasNames
 * @property {readonly [import('./axes.js').Axis, import('./axes.js').Axis]} axes
 * @property {readonly { id: number, x: number, y: number, class: number, test?: boolean }[]} points
 * @property {number} step
 * @property {number} loss
 * @property {number} testLoss NaN without test points
 * @property {{ train: number, test: number }} accuracy
 * @property {boolean} canPlay
 * @property {boolean} canUndo
 * @property {boolean} canRedo
 * @property {string} theme 'auto', 'light' or 'dark'
 * @property {string} ask
 * @property {(part: string) => boolean} shows
 * @property {(part: string) => boolean} isLocked
 *
 * @typedef {object} Shared the run as it is, or was when somebody put the focus into one of its texts: a text that changes
 *   cannot be selected
 * @property {string} link
 * @property {boolean} isLinkable
 * @property {number} step
 * @property {string} hash
 * @property {{ text: string, step: number } | undefined} file as it was saved, once asked for
 * @property {readonly string[]} warnings what was dropped of it when it was opened
 *
 * @typedef {object} Actions
 * @property {() => void} togglePlay
 * @property {() => void} stepOnce
 * @property {() => void} newStart
 * @property {(pace: number) => void} setPace
 * @property {(field: string, text: string, name: string) => void} typeSetting a number typed into a field
 * @property {(change: Record<string, unknown>) => void} set
 * @property {(hidden: number) => void} setHidden
 * @property {(change: Record<string, unknown>) => void} setData
 * @property {(field: string, text: string, name: string) => void} typeData
 * @property {(tool: number | 'erase') => void} choose
 * @property {(on: boolean) => void} drawByTouch
 * @property {() => void} undo
 * @property {() => void} redo
 * @property {() => void} clear
 * @property {(drawer: Drawer) => void} open
 * @property {() => void} copyLink
 * @property {() => void} saveSession
 * @property {(source: File | string) => void} openSession
 * @property {(theme: string) => void} setTheme
 * @property {(id: import('./captions.js').Action['id']) => void} caption
 * @property {() => void} describe
 * @property {(edit: Record<string, unknown>) => boolean} edit
 * @property {(page: number) => void} turnTable
 * @property {(text: string) => void} readTable
 * @property {(file: File) => void} readFile
 * @property {(change: Partial<import('./points-view.js').Draft>) => void} changeDraft
 * @property {(take: boolean) => void} closeDraft
 * @property {() => void} saveCsv
 * @property {(why: string) => void} refuse says in the caption why something cannot be taken
 */

import { DEFAULT_PACE } from './pace.js';

/** What is on screen at first. @returns {Page} */
export const newPage = () => ({
  playing: false,
  pace: DEFAULT_PACE,
  tool: 0,
  selected: undefined,
  moving: false,
  cursor: { x: 0, y: 0 },
  drawer: undefined,
  errors: {},
  tablePage: 0,
  draft: undefined,
  csv: '',
  isCopied: false,
  shared: { link: '', isLinkable: true, step: 0, hash: '', file: undefined, warnings: [] },
  drawsByTouch: false,
  resting: false,
  touched: false,
  hasCursor: false,
  visible: true,
  printing: false,
  lastInput: 0,
  caption: { said: [], next: [], actions: [], urgent: false },
});
