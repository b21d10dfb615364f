// Microsoft's own Key Vault client against the tests' Managed HSM double. Reads a JSON object and writes one.
//   node keyvault-client.mjs INPUT OUTPUT
// What is to be done: { url, port, certificate, token, steps: [{ do, …}] }; answered: an array, one answer a step.
import { Agent } from 'node:https'
import { readFileSync, writeFileSync } from 'node:fs'
import { CryptographyClient, KeyClient } from '@azure/keyvault-keys'

const [input, output] = process.argv.slice(2)
const { url, certificate, token, steps } = JSON.parse(readFileSync(input, 'utf8'))

// The name leads to loopback, whoever asks, and only the double's certificate is trusted.
const agent = new Agent({
  ca: certificate,
  lookup: (_, options, found) => options.all ? found(null, [{ address: '127.0.0.1', family: 4 }]) : found(null, '127.0.0.1', 4),
})
const toLoopback = { name: 'toLoopback', sendRequest: (request, next) => { request.agent = agent; return next(request) } }
const asked = []
const credential = {
  getToken: async (scopes, options) => {
    asked.push({ scopes: [scopes].flat(), tenant: options.tenantId ?? null })
    return { token, expiresOnTimestamp: Date.now() + 3_600_000 }
  },
}
const options = { additionalPolicies: [{ policy: toLoopback, position: 'perRetry' }], retryOptions: { maxRetries: 2, retryDelayInMs: 1 } }
const keys = new KeyClient(url, credential, options)
const hex = bytes => Buffer.from(bytes).toString('hex')

const described = key => ({
  id: key.id,
  name: key.name,
  type: key.keyType,
  operations: key.keyOperations,
  curve: key.key.crv,
  x: hex(key.key.x),
  y: hex(key.key.y),
  version: key.properties.version,
  enabled: key.properties.enabled,
  exportable: key.properties.exportable,
  hsmPlatform: key.properties.hsmPlatform,
  notBefore: key.properties.notBefore?.toISOString() ?? null,
  expiresOn: key.properties.expiresOn?.toISOString() ?? null,
  tags: key.properties.tags ?? {},
})

const commands = {
  get: async step => described(await keys.getKey(step.name, { version: step.version })),
  attest: async step => {
    const { attestation } = (await keys.getKeyAttestation(step.name, { version: step.version })).properties
    return attestation
      ? { version: attestation.version, certificates: Buffer.from(attestation.certificatePemFile).toString('ascii'), privateKey: hex(attestation.privateKeyAttestation), publicKey: hex(attestation.publicKeyAttestation) }
      : {}
  },
  // With the key's id alone the client has no public key, so that nothing is done on its side.
  sign: async step => {
    const signed = await new CryptographyClient(step.id, credential, options).sign(step.algorithm, Buffer.from(step.digest, 'hex'))
    return { id: signed.keyID, signature: hex(signed.result) }
  },
  // The client verifies on its own side, with the public key that it was given.
  verify: async step => {
    const key = await keys.getKey(step.name, { version: step.version })
    const client = new CryptographyClient(key, credential, options)
    return { valid: (await client.verify(step.algorithm, Buffer.from(step.digest, 'hex'), Buffer.from(step.signature, 'hex'))).result }
  },
  update: async step => described(await keys.updateKeyProperties(step.name, step.version, { tags: step.tags })),
}

const answers = []
for (const step of steps) {
  try {
    answers.push(await commands[step.do](step))
  } catch (error) {
    answers.push({ error: error.name, status: error.statusCode ?? null, code: error.code ?? null, message: error.message })
  }
}
writeFileSync(output, JSON.stringify({ answers, asked }))
