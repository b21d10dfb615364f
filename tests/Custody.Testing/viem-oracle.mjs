// The oracle of the EVM encoding: viem, as another team wrote it. Reads a JSON array and writes one of the same length.
//   node viem-oracle.mjs sign|parse INPUT OUTPUT
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';

const require = createRequire(new URL('../../azurite/package.json', import.meta.url));
const { decodeFunctionData, encodeFunctionData, erc20Abi, keccak256, parseTransaction, recoverTransactionAddress, serializeTransaction } = require('viem');
const { privateKeyToAccount } = require('viem/accounts');

const transfer = (t) => ({
  ...(t.legacy
    ? { type: 'legacy', gasPrice: BigInt(t.maxFeePerGas) }
    : { type: 'eip1559', maxPriorityFeePerGas: BigInt(t.maxPriorityFeePerGas), maxFeePerGas: BigInt(t.maxFeePerGas) }),
  chainId: Number(t.chainId),
  nonce: Number(t.nonce),
  gas: BigInt(t.gas),
  ...(t.token
    ? { to: t.token, data: encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [t.to, BigInt(t.value)] }) }
    : { to: t.to, value: BigInt(t.value) }),
});

const call = (data) => {
  if (!data || data === '0x') {
    return {};
  }
  const { functionName, args } = decodeFunctionData({ abi: erc20Abi, data });
  return functionName === 'transfer' ? { recipient: args[0], amount: String(args[1]) } : {};
};

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
      ...call(t.data),
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
