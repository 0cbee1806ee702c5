/** After whatever else is waiting to run: a pause in long work. @returns {Promise<void>} */
export const nextTask = () => new Promise((resolve) => setTimeout(resolve));
