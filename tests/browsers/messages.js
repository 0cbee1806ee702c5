// Loaded into pages: records what they write to the console, throw, or are refused by a policy, for the
// engine whose console cannot be read from outside. A classic script, so that it comes before everything else.
(() => {
  if ('recordedMessages' in globalThis) return;
  /** @type {import('./browser.js').Message[]} */
  const messages = [];
  Object.defineProperty(globalThis, 'recordedMessages', { value: messages });
  for (const [method, type] of /** @type {const} */ ([
    ['error', 'error'],
    ['warn', 'warning'],
    ['info', 'log'],
    ['log', 'log'],
  ])) {
    const original = console[method];
    console[method] = (...args) => {
      messages.push({ type, text: args.map(String).join(' ') });
      original.apply(console, args);
    };
  }
  addEventListener(
    'error',
    ({ message, target }) => {
      const text = target === window ? message : `${/** @type {Element} */ (target).localName} did not load`;
      messages.push({ type: 'error', text });
    },
    true,
  );
  addEventListener('unhandledrejection', ({ reason }) => messages.push({ type: 'error', text: String(reason) }));
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
    messages.push({
      type: 'error',
      text: `refused by ${violatedDirective}: ${blockedURI} at ${sourceFile}:${lineNumber}`,
    }),
  );
})();
