// bench/reading/run starts this: the coefficients of the last column on the others, the bias first, by polars.
const polars = require("nodejs-polars");
const { readFileSync, openSync, readSync } = require("fs");

const [command, file] = process.argv.slice(2);
if (command === "versions") {
  console.log(
    `nodejs-polars ${JSON.parse(readFileSync(require.resolve("nodejs-polars/package.json"))).version}, ` +
      `Node ${process.versions.node}`,
  );
  process.exit();
}

const rows = file.endsWith(".parquet") ? polars.scanParquet(file) : polars.scanCSV(file);
const names = rows.columns;
const sums = [
  polars.col(names[0]).count().alias("n"),
  ...names.map((name) => polars.col(name).sum().alias(`s ${name}`)),
];
names.forEach((left, i) =>
  names.slice(i).forEach((right) => sums.push(polars.col(left).mul(polars.col(right)).sum().alias(`${left} ${right}`))),
);
const totals = rows
  .select(...sums)
  .collectSync()
  .row(0)
  .map(Number);

// Normal equations by elimination.
const size = names.length;
const product = Array.from({ length: size + 1 }, () => new Array(size + 1));
let k = 0;
for (let i = 0; i <= size; i++) for (let j = i; j <= size; j++) product[i][j] = product[j][i] = totals[k++];
const a = product.slice(0, size).map((row) => row.slice());
for (let i = 0; i < size; i++) {
  for (let r = i + 1; r < size; r++) {
    const factor = a[r][i] / a[i][i];
    for (let c = i; c <= size; c++) a[r][c] -= factor * a[i][c];
  }
}
const solution = new Array(size);
for (let i = size - 1; i >= 0; i--) {
  let sum = a[i][size];
  for (let c = i + 1; c < size; c++) sum -= a[i][c] * solution[c];
  solution[i] = sum / a[i][i];
}
console.log(solution.join(" "));
