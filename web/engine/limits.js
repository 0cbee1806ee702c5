/** The core's limits (src/two_layer.h) and the plane's. */

export const maxInputs = 7; // n_x, features included
export const maxHidden = 256; // n_h
export const maxClasses = 4;
export const maxExamples = 20000; // m
export const maxMagnitude = 1e6; // of a number in X, of a rate
export const maxWeight = 3.4028234663852886e38; // the largest float32, 2^128 − 2^104
export const maxInteger = 2 ** 53; // of steps and seeds: beyond it, integers are no longer exact

/** The plane is [-3, 3] x [-3, 3]; its points lie on a grid of 1/512, exact in binary. */
export const planeEdge = 3;
export const planeGrid = 512;
