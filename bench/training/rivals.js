// Trains with TensorFlow.js on its CPU backend: node rivals.js FOLDER RESULTS, or node rivals.js versions.
// It has 32-bit floats only.
const fs = require('fs');
const tf = require('@tensorflow/tfjs');

function task(folder, name) {
  const [rows, inputs, targets, rate, steps] = fs
    .readFileSync(`${folder}/${name}.txt`, 'utf8')
    .split(/\s+/)
    .map(Number);
  const read = what =>
    Float32Array.from(new Float64Array(new Uint8Array(fs.readFileSync(`${folder}/${name}-${what}.bin`)).buffer));
  return { x: read('x'), y: read('y'), rows, inputs, targets, rate, steps };
}

function train({ x, y, rows, inputs, targets, rate }, batch, steps) {
  const w = tf.variable(tf.zeros([inputs, targets]));
  const b = tf.variable(tf.zeros([targets]));
  const optimizer = tf.train.sgd(rate);
  const blocks =
    batch === rows
      ? [[tf.tensor2d(x, [rows, inputs]), tf.tensor2d(y, [rows, targets])]]
      : Array.from({ length: steps }, (_, i) => [
          tf.tensor2d(x.slice(i * inputs, (i + 1) * inputs), [1, inputs]),
          tf.tensor2d(y.slice(i * targets, (i + 1) * targets), [1, targets]),
        ]);
  const start = process.hrtime.bigint();
  for (let step = 0; step < steps; step++) {
    const [bx, by] = blocks[step % blocks.length];
    optimizer.minimize(() => bx.matMul(w).add(b).sub(by).square().sum(1).mean());
  }
  const time = Number(process.hrtime.bigint() - start) / steps;
  const sum = w.sum().add(b.sum()).dataSync()[0];
  tf.disposeVariables();
  blocks.flat().forEach(tensor => tensor.dispose());
  return [time, sum];
}

async function main() {
  await tf.setBackend('cpu');
  if (process.argv[2] === 'versions') {
    console.log(`Node ${process.version}, TensorFlow.js ${tf.version.tfjs} (${tf.getBackend()} backend)`);
    return;
  }
  const [folder, results] = process.argv.slice(2);
  for (const [name, runs] of [
    ['row', 5],
    ['batch', 3],
  ]) {
    const data = task(folder, name);
    train(data, name === 'row' ? 1 : data.rows, Math.min(data.steps, 1000)); // warm
    const found = Array.from({ length: runs }, () => train(data, name === 'row' ? 1 : data.rows, data.steps));
    found.sort((left, right) => left[0] - right[0]);
    fs.appendFileSync(results, `${name}\tTensorFlow.js, 32 bits\t${found[runs >> 1][0]}\t${found[0][1]}\n`);
  }
}

main();
