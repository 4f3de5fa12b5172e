// node tensorboard.js EVENTS LOG: whether an event file holds the steps and numbers of a log, rounded to 32 bits.
const fs = require('fs');
const protobuf = require('protobufjs');
const { RecordReader } = require('tfrecord/lib/record_reader');

// The part of TensorFlow's event.proto and summary.proto that scalars take.
const { root } = protobuf.parse(
  `
  syntax = "proto3";
  message Value { string tag = 1; float simple_value = 2; }
  message Summary { repeated Value value = 1; }
  message Event { double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5; }`,
  { keepCase: true },
);
const Event = root.lookupType('Event');

async function main(eventsPath, logPath) {
  const [heading, ...lines] = fs.readFileSync(logPath, 'utf8').trim().split('\n');
  const names = heading.match(/"[^"]*"|[^,]+/g).map(name => name.replaceAll('"', ''));
  const reader = await RecordReader.create(eventsPath);
  const first = Event.decode(await reader.readRecord());
  if (first.file_version !== 'brain.Event:2') {
    throw new Error(`the first record has the version '${first.file_version}'`);
  }

  let numbers = 0;
  for (const line of lines) {
    const cells = line.split(',');
    const event = Event.decode(await reader.readRecord());
    if (Number(event.step) !== Number(cells[0])) {
      throw new Error(`found step ${event.step}, expected ${cells[0]}`);
    }

    const told = new Map(event.summary.value.map(value => [value.tag, value.simple_value]));
    names.forEach((name, i) => {
      if (i > 0 && cells[i] !== '' && told.get(name) !== Math.fround(Number(cells[i]))) {
        throw new Error(`step ${event.step}: '${name}' is ${told.get(name)}, expected ${cells[i]}`);
      }

      numbers += i > 0 && cells[i] !== '' ? 1 : 0;
    });
  }

  if ((await reader.readRecord()) !== null) {
    throw new Error('there are more events than lines of the log');
  }

  console.log(`${lines.length} events and ${numbers} numbers are those of the log`);
}

main(...process.argv.slice(2)).catch(error => {
  console.error(error.message);
  process.exit(1);
});
