// The oracle of the EVM encoding: viem, as another team wrote it. Reads a JSON array and writes one of the same length.
//   node viem-oracle.mjs sign|parse INPUT OUTPUT
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';

const require = createRequire(new URL('../../azurite/package.json', import.meta.url));
const { keccak256, parseTransaction, recoverTransactionAddress, serializeTransaction } = require('viem');
const { privateKeyToAccount } = require('viem/accounts');

const transfer = (t) => ({
  type: 'eip1559',
  chainId: Number(t.chainId),
  nonce: Number(t.nonce),
  maxPriorityFeePerGas: BigInt(t.maxPriorityFeePerGas),
  maxFeePerGas: BigInt(t.maxFeePerGas),
  gas: 21000n,
  to: t.to,
  value: BigInt(t.value),
});

const commands = {
  async sign(item) {
    const account = privateKeyToAccount(item.privateKey);
    const unsigned = serializeTransaction(transfer(item));
    const signed = await account.signTransaction(transfer(item));
    return {
      unsigned, sighash: keccak256(unsigned), signed, hash: keccak256(signed), address: account.address, publicKey: account.publicKey,
    };
  },
  async parse(item) {
    const t = parseTransaction(item.signed);
    return {
      type: t.type,
      chainId: String(t.chainId),
      nonce: String(t.nonce ?? 0),
      maxPriorityFeePerGas: String(t.maxPriorityFeePerGas ?? 0n),
      maxFeePerGas: String(t.maxFeePerGas ?? 0n),
      gas: String(t.gas),
      to: t.to,
      value: String(t.value ?? 0n),
      data: t.data ?? '0x',
      accessList: String((t.accessList ?? []).length),
      from: await recoverTransactionAddress({ serializedTransaction: item.signed }),
    };
  },
};

const [command, input, output] = process.argv.slice(2);
const answers = [];
for (const item of JSON.parse(readFileSync(input, 'utf8'))) {
  answers.push(await commands[command](item));
}
writeFileSync(output, JSON.stringify(answers));
