/**
 * Every word that the playground says, in one place and in English.
 *
 * A sentence is a list of parts: text, `{ mark: class }` where a class's mark stands, `{ letter, layer }` where a symbol does.
 */

/** @typedef {string | { mark: number } | { letter: string, layer: 1 | 2 }} Part */
/** @typedef {Part[]} Sentence */

/** @param {number} k @returns {Part} */
const mark = (k) => ({ mark: k });

/** @param {number} count @param {string} one @param {string} [many] */
const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

export const classLetters = Object.freeze(['A', 'B', 'C', 'D']);
export const classShapes = Object.freeze(['circle', 'square', 'triangle', 'cross']);

export const strings = Object.freeze({
  title: 'two-layer',
  tagline: 'input → hidden → output',

  // The rail
  tools: 'Drawing tools',
  /** @param {string} name @param {number} k */
  brush: (name, k) => `Draw ${name} (${classShapes[k]})`,
  erase: 'Erase points',
  undo: 'Undo',
  redo: 'Redo',
  clear: 'Clear all points',

  // The plot
  plot: 'Points and decision boundary. Drawing surface',
  plotRole: 'drawing surface',
  plotHelp:
    'Arrow keys move the cross-hair, Shift for larger steps. Enter places a point, held it sprays. Bracket keys choose a point, ' +
    'M and arrows move it, Delete erases it, C changes its class. 1 to 4 choose the class to draw. D describes the picture.',
  tapToDraw: 'Tap to draw',
  doneDrawing: 'Done drawing',
  describe: 'Describe the picture',

  // Network and loss
  /** "hidden units"; only the first word where it is narrow. */
  hidden: 'hidden units',
  hiddenShort: 'hidden',
  hiddenRest: 'units',
  hiddenHeading: 'Network',
  fewer: 'One hidden unit fewer',
  more: 'One hidden unit more',
  loss: 'Loss',
  step: 'step',
  accuracy: 'right',
  test: 'test',
  /** @param {string} entropy */
  knowingNothing: (entropy) => `knowing nothing costs ${entropy}`,
  /** @param {string} entropy */
  knowingNothingShort: (entropy) => `knowing nothing ${entropy}`,
  /** @param {string} loss @param {string} first @param {string} step */
  chart: (loss, first, step) => `Loss against steps: from ${first} to ${loss} at step ${step}`,
  noLossYet: 'Loss against steps: nothing trained yet',

  // The control bar
  controls: 'Training',
  play: 'Train',
  pause: 'Pause',
  oneStep: 'Step',
  oneStepLong: 'Take one step',
  pace: 'Pace',
  paceMax: 'max',
  paceMaxLong: 'as fast as it goes',
  learningRate: 'learning rate α',
  newStart: 'New start',
  newStartLong: 'New start: fresh weights, same points',
  /** @param {number} limit */
  above: (limit) => `above ${limit}`,
  /** @param {number} limit */
  atMost: (limit) => `at most ${limit}`,
  /** @param {number} limit */
  atLeast: (limit) => `at least ${limit}`,
  /** @param {string} least @param {string} most */
  between: (least, most) => `a number from ${least} to ${most}, please`,
  wholeNumber: 'a whole number',
  notANumber: 'a number, please',
  /** @param {string} what @param {string} why */
  refusedNumber: (what, why) => `${what}: ${why}.`,

  // The data menu
  data: 'Data',
  drawn: 'drawn',
  /** @param {string} name */
  presetDrawn: (name) => `${name} +`,
  empty: 'no points',
  /** @type {Record<string, string>} */
  presets: {
    gaussians: 'gaussians',
    xor: 'xor',
    ring: 'ring',
    moons: 'moons',
    stripes: 'stripes',
    spiral: 'spiral',
    'hard-spiral': 'hard spiral',
    iris: 'iris',
    penguins: 'penguins',
  },
  noise: 'noise',
  flip: 'flipped labels',
  count: 'points',
  seed: 'seed',

  // The disclosure
  share: 'Share',
  shareHelp:
    'The link holds this run: data, settings, every edit and its step. Whoever opens it replays the same bits.',
  link: 'Link',
  copyLink: 'Copy the link',
  copied: 'Copied',
  selected: 'The link is selected. Copy it with Ctrl+C.',
  /** @param {number} length */
  tooLongForLink: (length) =>
    `This run would make a link of ${Math.ceil(length / 1024)} kB: too long for mail and servers. Save it as a file instead.`,
  /** @param {string} step */
  hashAt: (step) => `Hash at step ${step}, the same wherever it is replayed:`,
  file: 'File',
  saveSession: 'Save as a file',
  /** @param {string} step */
  copySession: (step) => `The file’s text, as at step ${step}, to copy`,
  pasteSession: 'Paste or drop a saved run or a link: it opens here',
  /** @param {string} name */
  openedFile: (name) => `Opened ${name}.`,
  pastedText: 'the pasted text',
  addressLink: 'the link in the address',
  /** @param {string} name */
  notASession: (name) => `Nothing was changed: ${name} is no saved run, or is cut off.`,
  /** @param {readonly string[]} warnings */
  dropped: (warnings) =>
    `Not taken over: ${warnings.slice(0, 2).join('. ')}.${warnings.length > 2 ? ` And ${warnings.length - 2} more (see Share).` : ''}`,
  droppedHeading: 'Not taken over',
  settings: 'Settings',
  close: 'Close',
  groupNetwork: 'Network',
  groupTraining: 'Training',
  groupData: 'Data',
  groupPage: 'Page',
  activation: 'activation',
  /** @type {Record<string, string>} */
  activations: { sigmoid: 'σ sigmoid', tanh: 'tanh', relu: 'ReLU' },
  init: 'first weights',
  /** @type {Record<string, string>} */
  initializers: { 'glorot-uniform': 'Glorot uniform', 'he-uniform': 'He uniform', normal: 'normal', zeros: 'zeros' },
  optimizer: 'optimiser',
  /** @type {Record<string, string>} */
  optimizers: { sgd: 'gradient descent', momentum: 'momentum', adam: 'Adam' },
  momentum: 'momentum',
  batchSize: 'batch size',
  batchAll: 'all',
  batchHelp: 'examples a step; empty: all',
  l1: 'L1',
  l2: 'L2',
  penaltyHelp: 'on weights, not biases',
  testSplit: 'test points',
  features: 'further inputs',
  /** @type {Record<string, string>} */
  featureNames: {
    'x1-squared': 'x₁ squared',
    'x2-squared': 'x₂ squared',
    'x1-x2': 'x₁ times x₂',
    'sin-x1': 'sine of x₁',
    'sin-x2': 'sine of x₂',
  },
  classes: 'classes',
  theme: 'theme',
  /** @type {Record<string, string>} */
  themes: { auto: 'as the system', light: 'paper', dark: 'board' },
  startsAnew: 'changing this starts anew',
  /** @param {string} what */
  startedAnew: (what) => `${what}: started anew.`,
  /** @param {number} n */
  pointsGone: (n) => `${plural(n, 'point')} of other classes went; Undo brings them back.`,
  /** @param {number} n @param {number} cap */
  tooManyPoints: (n, cap) => `points: ${n.toLocaleString('en')}; at most ${cap.toLocaleString('en')} are taken`,
  replacesPoints: 'changing these replaces the points',

  // The Points drawer
  points: 'Points',
  pointsHeading: 'Points',
  /** @param {number} m */
  pointCount: (m) => plural(m, 'point'),
  columnNumber: 'No.',
  columnClass: 'class',
  columnTest: 'test',
  /** @param {number} row */
  coordinate: (row) => `of point ${row}`,
  /** @param {number} row */
  removePoint: (row) => `Remove point ${row}`,
  addPoint: 'Add a point',
  previous: 'Previous points',
  next: 'Next points',
  /** @param {number} first @param {number} last @param {number} all */
  range: (first, last, all) => `${first}–${last} of ${all}`,
  openFile: 'Open a file…',
  pasteHere: 'Paste or drop a table: CSV or TSV, a row for each point',
  saveCsv: 'Save as CSV',
  copyCsv: 'Points as CSV, to copy',
  preview: 'Preview',
  columnFor1: 'column for x₁',
  columnFor2: 'column for x₂',
  columnForClass: 'column for the class',
  scaling: 'scale',
  scalings: {
    plane: 'to fill the plane',
    standard: 'mean 0, deviation 1',
    none: 'as they are',
  },
  /** @param {number} taken @param {number} classes */
  willTake: (taken, classes) => `${plural(taken, 'point')} in ${plural(classes, 'class', 'classes')}`,
  /** @param {number} n */
  rejectedRows: (n) => `${plural(n, 'row')} cannot be taken:`,
  /** @param {number} n */
  moreRejected: (n) => `and ${n} more`,
  /** @param {number} row @param {string} why */
  rejectedRow: (row, why) => `row ${row}: ${why}`,
  /** @param {string} column @param {string} value */
  notNumeric: (column, value) => `${column} is “${value}”, not a number`,
  /** @param {string} column */
  missing: (column) => `${column} is empty`,
  missingClass: 'no class',
  /** @param {string} label */
  tooManyClasses: (label) => `“${label}” would be a fifth class`,
  /** @param {number} cap */
  beyondCap: (cap) => `beyond ${cap.toLocaleString('en')} points`,
  replacePoints: 'Use these points',
  cancel: 'Cancel',
  noClassColumn: 'none: all A',
  pointsLocked: 'The points are fixed here.',
  pointsFixed: 'points fixed',
  emptyTable: 'There is no table in this.',

  // Captions: what happened; what to do next
  caption: {
    /** @returns {[Sentence, Sentence]} */
    noPoints: () => [['Nothing to learn yet.'], ['Draw two kinds of points.']],
    /** @param {number} k @param {number} other @returns {[Sentence, Sentence]} */
    oneClass: (k, other) => [
      ['Only ', mark(k), ': the best answer is always ', mark(k), '.'],
      ['Add ', mark(other), '.'],
    ],
    /** @returns {[Sentence, Sentence]} */
    opening: () => [['It learns to part ', mark(0), ' from ', mark(1), '.'], ['Watch the line.']],
    /** @param {number} classes @returns {[Sentence, Sentence]} */
    openingOfMore: (classes) => [
      ['It learns to part ', ...Array.from({ length: classes }, (_, k) => [k > 0 ? ' ' : '', mark(k)]).flat(), '.'],
      ['Watch the lines.'],
    ],
    /** @returns {[Sentence, Sentence]} */
    foundRing: () => [['It found the ring.'], ['Draw ', mark(0), ' in a corner.']],
    /** @returns {[Sentence, Sentence]} */
    learned: () => [['It learned this.'], ['Draw where it is wrong.']],
    /** @param {number} n @param {number} k @returns {[Sentence, Sentence]} */
    drew: (n, k) => [[`You drew ${n} `, mark(k), '.'], [`Will the line reach ${n === 1 ? 'it' : 'them'}?`]],
    /** @param {number} n @param {number} k @returns {[Sentence, Sentence]} */
    won: (n, k) => [[n === 1 ? 'It won your ' : `It won all ${n} `, mark(k), '.'], ['Where would it fail?']],
    /** @param {number} won @param {number} n @param {number} k @returns {[Sentence, Sentence]} */
    partlyWon: (won, n, k) => [[`${won} of your ${n} `, mark(k), ' won.'], ['Would more units help?']],
    /** @returns {[Sentence, Sentence]} */
    resting: () => [['Resting.'], ['Draw to wake it.']],
    /** @returns {[Sentence, Sentence]} */
    paused: () => [['Ready.'], ['Press Train, or draw.']],
    /** @param {number} id @returns {[Sentence, Sentence]} */
    chosen: (id) => [[`Point ${id} chosen.`], ['Tap its new place, or M and arrows.']],
    /** @param {number} id @returns {[Sentence, Sentence]} */
    moving: (id) => [[`Moving point ${id}.`], ['Arrows, then Enter.']],
    /** @returns {[Sentence, Sentence]} */
    flapping: () => [['The loss jumps.'], ['α is too large.']],
    /** @param {Part} where @param {number | undefined} unit @returns {[Sentence, Sentence]} */
    diverged: (where, unit) => [
      ['Stopped: ', where, `${unit === undefined ? '' : ` of unit ${unit}`} would overflow.`],
      [],
    ],
    /** @returns {[Sentence, Sentence]} */
    saturated: () => [['Units are saturated; gradients vanish.'], []],
    /** @returns {[Sentence, Sentence]} */
    undone: () => [['Points restored, weights as they are.'], []],
    /** @param {number} cap @returns {[Sentence, Sentence]} */
    full: (cap) => [[`${cap.toLocaleString('en')} points are all it takes. Nothing was lost.`], ['Erase some first.']],
    /** @param {string} percent @returns {[Sentence, Sentence]} */
    replaying: (percent) => [[`Replaying: ${percent}.`], []],
    /** @param {string} step @returns {[Sentence, Sentence]} */
    notReplayed: (step) => [[`A link to step ${step}, not replayed.`], []],
    /** @param {string} why @returns {[Sentence, Sentence]} */
    refused: (why) => [[why], []],
  },
  actions: {
    /** @param {string} rate */
    beforeLearningRate: (rate) => `Back to α ${rate}`,
    /** @param {string} rate */
    smallerLearningRate: (rate) => `α ${rate}`,
    newStart: 'New start',
    rewind: 'Rewind the weights too',
    replay: 'Replay it',
    stopReplay: 'Stop',
    runBefore: 'Back to the run before',
  },

  // Flags on the chart
  flagFound: 'ring found',
  flagLearned: 'loss < 0.1',
  flagMoved: 'moved',
  flagRelabelled: 'class',
  flagHidden: 'hidden',
  /** @type {Record<string, string>} */
  flagSettings: {
    learningRate: 'α',
    activation: 'g',
    optimizer: 'optimiser',
    batchSize: 'batch',
    l1: 'L1',
    l2: 'L2',
    testSplit: 'test',
    init: 'init',
    momentum: 'β',
    classes: 'classes',
    features: 'inputs',
  },

  /** Spoken: the picture in words. @param {{ shares: string[], loss: string, step: string, right?: string, wrong: number, points: number, test?: string, hidden: number }} of */
  description: ({ shares, loss, step, right, wrong, points, test, hidden }) =>
    points === 0
      ? `No points. ${plural(hidden, 'hidden unit')}.`
      : `${shares.join(', ')} of the plane. ${plural(points, 'point')}, ${right} right, ${wrong} wrong. ` +
        `${test === undefined ? '' : `${test} `}Loss ${loss} at step ${step}. ${plural(hidden, 'hidden unit')}.`,
  /** @param {number} points @param {string} right */
  testRight: (points, right) => `${plural(points, 'test point')}, ${right} right.`,
  /** @param {string} x @param {string} y @param {string} name @param {string} p */
  cursorAt: (x, y, name, p) => `${x}, ${y}: ${name}, ${p}`,
  /** @param {number} id @param {string} name @param {string} x @param {string} y */
  pointAt: (id, name, x, y) => `point ${id}, ${name}, at ${x}, ${y}`,
  /** The printed page's line of settings. @param {Record<'preset' | 'activation' | 'optimizer' | 'rate' | 'step' | 'loss', string> & { hidden: number }} of */
  printed: ({ preset, hidden, activation, optimizer, rate, step, loss }) =>
    `Data: ${preset}. ${plural(hidden, 'hidden unit')}, ${activation}; ${optimizer}, α = ${rate}. Loss ${loss} at step ${step}.`,

  still: 'A ring of squares around a cluster of circles, and a line that parts them',

  // Where it cannot run
  noWasm:
    'This playground needs WebAssembly with SIMD. This browser does not have it; one of the last four years does.',
  blocked:
    'This page’s security policy blocks WebAssembly, so the network cannot run here. The page’s author can allow it with ' +
    'script-src ’wasm-unsafe-eval’.',
  /** @param {string} why */
  failed: (why) => `The network could not start: ${why}`,
});
