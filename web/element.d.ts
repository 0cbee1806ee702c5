/** Defines the element <two-layer> where there are custom elements; imported for that alone. */
export {};
