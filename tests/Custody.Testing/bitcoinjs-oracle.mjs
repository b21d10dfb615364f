// The oracle of the Bitcoin encoding: bitcoinjs-lib, as another team wrote it. Reads a draft of a transaction in each line of
// its input, and answers each with a line.
//   node bitcoinjs-oracle.mjs <DRAFTS >ANSWERS
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(new URL('./bitcoinjs/package.json', import.meta.url));
const { Transaction } = require('bitcoinjs-lib');

const bytes = (hex) => Buffer.from(hex, 'hex');
const hex = (buffer) => Buffer.from(buffer).toString('hex');

function answer(draft) {
  const built = new Transaction();
  built.version = draft.version;
  built.locktime = draft.lockTime;
  draft.inputs.forEach((input, i) => {
    built.addInput(bytes(input.id).reverse(), input.index, input.sequence, bytes(input.script));
    built.setWitness(i, input.witness.map(bytes));
  });
  for (const output of draft.outputs) built.addOutput(bytes(output.script), BigInt(output.amount));
  const parsed = Transaction.fromHex(draft.ours);
  return {
    bytes: built.toHex(),
    parsed: parsed.toHex(),
    id: built.getId(),
    witnessId: hex(Buffer.from(built.getHash(true)).reverse()),
    weight: built.weight(),
    virtualSize: built.virtualSize(),
    sighashes: draft.sighashes.map((s) => hex(built.hashForWitnessV0(s.input, bytes(s.scriptCode), BigInt(s.amount), s.hashType))),
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
}
