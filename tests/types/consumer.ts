/** A program in TypeScript that uses the whole package; tests/package.test.js compiles it, strictly. */
import {
  CoreUnavailableError,
  createNetwork,
  type EpochLogs,
  type Examples,
  type FitArguments,
  type History,
  type Matrix,
  type Network,
  type NetworkArguments,
  type NetworkJSON,
  type Numbers,
  networkFromJSON,
  openSession,
  type Parameters,
  type PresetArguments,
  type PresetData,
  type PresetName,
  preset,
  presetNames,
  type Session,
  type SessionSource,
  type TrainingArguments,
  type Verdict,
  verify,
} from 'two-layer';
import 'two-layer/element';

const options: NetworkArguments = {
  hidden: 3,
  classes: 2,
  activation: 'tanh',
  init: 'he-uniform',
  features: ['x1-x2'],
};
const net: Network = await createNetwork(options);
const X: Examples = [[0, 1] as const, [1, 0]];
const y: Numbers = new Uint8Array([0, 1]);

const training: TrainingArguments = { optimizer: 'adam', learningRate: 0.01, batchSize: 'all' };
const { loss, diverged }: { loss: number; diverged: string | null } = net.train(X, y, { ...training, steps: 10 });
const fitting: FitArguments = {
  ...training,
  epochs: 2,
  validationData: [X, y],
  callbacks: { onEpochEnd: async (epoch: number, logs: EpochLogs) => void [epoch, logs.val_loss?.toFixed(3)] },
  signal: AbortSignal.timeout(1000),
};
const { epoch, history }: History = await net.fit(Float32Array.of(0, 1, 1, 0), [0, 1], fitting);
const losses: number[] | undefined = history.val_loss;
const p: Float32Array = net.predict(X);
const { accuracy }: { accuracy: number } = net.evaluate(X, y, { l2: 0.1 });
const { Z1, A2 }: { Z1: Matrix; A2: Matrix } = net.forward(X);
const { J, dW1 }: { J: number; dW1: Matrix } = net.gradients(X, y);
const { W1, b2 }: Parameters = net.parameters;
net.parameters = { W1 };
net.setWeights(net.getWeights());
const json: NetworkJSON = net.toJSON();
const copy: Network = await networkFromJSON(json);
const text: string = copy.summary() + copy.hash() + (await networkFromJSON(JSON.stringify(net))).step;
{
  using freed = await createNetwork();
  freed.free();
}

const name: PresetName = presetNames[0];
const asked: PresetArguments = { n: 20, noise: 0.1, flip: 0, seed: 1 };
const data: PresetData = await preset(name, asked);
net.train(data.X, data.y);
const [axis] = data.axes;
const value: number = axis.offset + axis.scale * data.X[0][0];

const source: SessionSource = { preset: 'ring', hidden: 3, learningRate: 1, goal: 'loss<0.1', lock: ['hidden'] };
const session: Session = await openSession(source);
const { status }: { status: 'ok' | 'diverged' | 'no-points' } = session.train(10);
const changed: boolean = session.edit({ add: [[0, 0, 1]] });
session.undo();
await session.seek(5, { onProgress: (share: number) => void share });
const seen: Float32Array = session.network.predict([[0, 0]]);
const again: Session = await openSession(JSON.stringify(session));
await openSession(session.toJSON());
const verdict: Verdict = await verify(again.link(), { task: source, maxWork: 1e9 });
const met: boolean = verdict.goal.met && verdict.differences.every(({ message }) => message === '');

try {
  await createNetwork();
} catch (error) {
  if (error instanceof CoreUnavailableError) {
    const reason: 'missing' | 'no-simd' | 'blocked' | 'broken' = error.reason;
    console.error(reason, error.message);
  }
}
console.log(loss, diverged, epoch, losses, p, accuracy, Z1, A2, J, dW1, b2, text, value, status, changed, seen, met);

// What is wrong is found before it runs.

// @ts-expect-error a number is no text
await createNetwork({ hidden: '3' });
// @ts-expect-error an option that does not exist
await createNetwork({ hiden: 3 });
// @ts-expect-error an activation that does not exist
await createNetwork({ activation: 'step' });
// @ts-expect-error an optimiser that does not exist
net.train(X, y, { optimizer: 'rmsprop' });
// @ts-expect-error labels are numbers
net.train(X, ['0', '1']);
// @ts-expect-error X is rows of numbers
net.predict([['0', '1']]);
// @ts-expect-error steps are train's, epochs are fit's
await net.fit(X, y, { steps: 10 });
// @ts-expect-error a matrix is no array
net.parameters = { W1: [[1]] };
// @ts-expect-error what there is to read only
net.hidden = 4;
// @ts-expect-error the network of a session is for looking only
session.network.train(X, y);
// @ts-expect-error a preset that does not exist
await preset('circle');
// @ts-expect-error a run is a link, JSON or options
await openSession(7);
// @ts-expect-error there is no Network to construct
new Network();
