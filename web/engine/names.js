/**
 * The names of every choice, in the order of the enums of src/two_layer.h: a
 * name's place in its list is the number that the core knows it by.
 */

/** g, the hidden units' activation. */
export const activations = Object.freeze(/** @type {const} */ (['sigmoid', 'tanh', 'relu']));

/** How W1 and W2 are drawn; biases start at 0. */
export const initializers = Object.freeze(/** @type {const} */ (['glorot-uniform', 'he-uniform', 'normal', 'zeros']));

export const optimizers = Object.freeze(/** @type {const} */ (['sgd', 'momentum', 'adam']));

/** Inputs that the core computes from x1 and x2; bit k of its `features` is the k-th of these. */
export const features = Object.freeze(/** @type {const} */ (['x1-squared', 'x2-squared', 'x1-x2', 'sin-x1', 'sin-x2']));

/** Presets that the core computes. */
export const computedPresets = Object.freeze(
  /** @type {const} */ (['gaussians', 'xor', 'ring', 'moons', 'stripes', 'spiral', 'hard-spiral']),
);

/** All presets: those, and real data. */
export const presetNames = Object.freeze(/** @type {const} */ ([...computedPresets, 'iris', 'penguins']));

/** Independent streams of random numbers. */
export const streams = Object.freeze(/** @type {const} */ (['weights', 'preset', 'shuffle', 'split', 'spray']));

/** @typedef {typeof activations[number]} Activation */
/** @typedef {typeof initializers[number]} Initializer */
/** @typedef {typeof optimizers[number]} Optimizer */
/** @typedef {typeof features[number]} Feature */
/** @typedef {typeof presetNames[number]} PresetName */
/** @typedef {typeof streams[number]} Stream */

/**
 * The core's bit set of a list of features.
 * @param {readonly Feature[]} list
 */
export const featureBits = (list) => list.reduce((bits, name) => bits | (1 << features.indexOf(name)), 0);
